//! A run drawn as SVG: rates over time, and under them latencies on a logarithmic scale. Pure.

use std::fmt::Write as _;

use super::report::Moment;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 600.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 24.0;

/// Readable in light and in dark, and with the colours told apart by every eye.
const STYLE: &str = "
svg { --ink: #1d2330; --soft: #5d6678; --grid: #dfe3ea; --paper: #ffffff; --one: #a9b2c2; --two: #0b63c5; --three: #c4501b }
@media (prefers-color-scheme: dark) {
svg { --ink: #eef1f6; --soft: #a9b2c3; --grid: #343b49; --paper: #14181f; --one: #76808f; --two: #6db1ff; --three: #ff9d66 }
}
text { font: 13px system-ui, sans-serif; fill: var(--soft) }
text.title { font-size: 18px; font-weight: 600; fill: var(--ink) }
text.end { text-anchor: end }
text.middle { text-anchor: middle }
line { stroke: var(--grid) }
path { fill: none; stroke-width: 1.8; stroke-linejoin: round }
.offered { stroke: var(--one); stroke-width: 5; opacity: 0.6 }
.achieved, .p50 { stroke: var(--two) }
.p99 { stroke: var(--three) }
";

/// Draws the run of a scenario, second by second; `followed` names the requests that are drawn.
pub(crate) fn plot(scenario: &str, followed: &str, timeline: &[Moment]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">{scenario}: rate and latency over time</title>\n<style>{STYLE}</style>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"var(--paper)\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"32\">{scenario}</text>\n"
    );
    let count = |count: u64| -> Option<f64> { u32::try_from(count).ok().map(f64::from) };
    let offered = curve(timeline, |moment| count(moment.offered));
    let achieved = curve(timeline, |moment| count(moment.achieved));
    let (p50, p99) = (curve(timeline, |moment| moment.p50_ms), curve(timeline, |moment| moment.p99_ms));
    let seconds = timeline.last().map_or(1.0, |last| seconds(last) + 1.0);

    let rates = Panel { top: 70.0, bottom: 285.0, seconds, scale: Scale::linear(&[&offered, &achieved]) };
    rates.frame(
        &mut svg,
        &format!("{followed} requests per second"),
        &[("offered", "offered"), ("achieved", "achieved")],
    );
    rates.path(&mut svg, "offered", &offered);
    rates.path(&mut svg, "achieved", &achieved);

    let latencies = Panel { top: 350.0, bottom: 545.0, seconds, scale: Scale::logarithmic(&[&p50, &p99]) };
    latencies.frame(
        &mut svg,
        "latency since due, ms (log)",
        &[("p50", "median"), ("p99", "99th percentile")],
    );
    latencies.path(&mut svg, "p50", &p50);
    latencies.path(&mut svg, "p99", &p99);
    let middle = f64::midpoint(LEFT, WIDTH - RIGHT);
    let _ = writeln!(
        svg,
        "<text class=\"middle\" x=\"{middle}\" y=\"{}\">seconds since the start</text>",
        HEIGHT - 12.0
    );
    svg.push_str("</svg>\n");
    svg
}

/// Values by the second they belong to; gaps where there are none.
type Curve = Vec<(f64, Option<f64>)>;

fn curve(timeline: &[Moment], value: impl Fn(&Moment) -> Option<f64>) -> Curve {
    timeline.iter().map(|moment| (seconds(moment), value(moment))).collect()
}

fn seconds(moment: &Moment) -> f64 {
    u32::try_from(moment.second).map_or(f64::from(u32::MAX), f64::from)
}

/// The vertical axis.
enum Scale {
    Linear {
        max: f64,
        step: f64,
    },
    /// Powers of ten.
    Logarithmic {
        min: i32,
        max: i32,
    },
}

impl Scale {
    fn linear(curves: &[&Curve]) -> Self {
        let step = step(values(curves).fold(1.0, f64::max));
        let max = (values(curves).fold(1.0, f64::max) / step).ceil() * step;
        Self::Linear { max, step }
    }

    #[expect(clippy::cast_possible_truncation, reason = "powers of ten of milliseconds are few")]
    fn logarithmic(curves: &[&Curve]) -> Self {
        let least = values(curves).fold(1.0, f64::min).max(0.01);
        let most = values(curves).fold(10.0, f64::max);
        Self::Logarithmic { min: least.log10().floor() as i32, max: most.log10().ceil() as i32 }
    }

    /// The height of a value, from 0 to 1.
    fn height(&self, value: f64) -> f64 {
        match *self {
            Self::Linear { max, .. } => value / max,
            Self::Logarithmic { min, max } => {
                (value.max(0.001).log10() - f64::from(min)).max(0.0) / f64::from(max - min)
            }
        }
    }

    fn ticks(&self) -> Vec<f64> {
        match *self {
            Self::Linear { max, step } => ticks(max, step),
            Self::Logarithmic { min, max } => (min..=max).map(|power| 10_f64.powi(power)).collect(),
        }
    }
}

fn values(curves: &[&Curve]) -> impl Iterator<Item = f64> {
    curves.iter().flat_map(|curve| curve.iter().filter_map(|&(_, value)| value))
}

/// A step of 1, 2 or 5 times a power of ten that cuts the whole into about five.
fn step(whole: f64) -> f64 {
    let power = 10_f64.powf((whole / 5.0).log10().floor());
    let step = [1.0, 2.0, 5.0].map(|times| times * power).into_iter().find(|step| whole / step <= 5.0);
    step.unwrap_or(10.0 * power)
}

fn ticks(max: f64, step: f64) -> Vec<f64> {
    let mut ticks = vec![0.0];
    while let Some(next) = ticks.last().map(|last| last + step).filter(|next| *next <= max * 1.000_001) {
        ticks.push(next);
    }
    ticks
}

/// A part of the drawing with axes of its own.
struct Panel {
    top: f64,
    bottom: f64,
    seconds: f64,
    scale: Scale,
}

impl Panel {
    fn x(&self, second: f64) -> f64 {
        LEFT + second / self.seconds * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.height(value).min(1.0) * (self.bottom - self.top)
    }

    /// Grid, labels and legend.
    fn frame(&self, svg: &mut String, label: &str, legend: &[(&str, &str)]) {
        let (right, label_y) = (WIDTH - RIGHT, self.top - 14.0);
        let _ = writeln!(svg, "<text x=\"{LEFT}\" y=\"{label_y}\">{label}</text>");
        for tick in self.scale.ticks() {
            let y = self.y(tick);
            let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\"/>");
            let _ = writeln!(
                svg,
                "<text class=\"end\" x=\"{}\" y=\"{:.1}\">{}</text>",
                LEFT - 8.0,
                y + 4.5,
                tick_label(tick)
            );
        }
        for tick in ticks(self.seconds, step(self.seconds).max(1.0)) {
            let x = self.x(tick);
            let _ = writeln!(
                svg,
                "<line x1=\"{x:.1}\" y1=\"{}\" x2=\"{x:.1}\" y2=\"{}\"/>",
                self.bottom,
                self.bottom + 5.0
            );
            let _ = writeln!(
                svg,
                "<text class=\"middle\" x=\"{x:.1}\" y=\"{}\">{tick}</text>",
                self.bottom + 20.0
            );
        }
        let mut x = right;
        for (class, name) in legend.iter().rev() {
            let _ = writeln!(svg, "<text class=\"end\" x=\"{x}\" y=\"{label_y}\">{name}</text>");
            // As wide as the letters are, about.
            x -= name.chars().map(|_| 7.5).sum::<f64>() + 8.0;
            let y = label_y - 4.5;
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"M{:.1} {y}H{x:.1}\"/>", x - 28.0);
            x -= 48.0;
        }
    }

    fn path(&self, svg: &mut String, class: &str, curve: &Curve) {
        let mut path = String::new();
        let mut is_drawn = false;
        for &(second, value) in curve {
            if let Some(value) = value {
                let (x, y) = (self.x(second + 0.5), self.y(value));
                let _ = write!(path, "{}{x:.1} {y:.1}", if is_drawn { 'L' } else { 'M' });
            }
            is_drawn = value.is_some();
        }
        if !path.is_empty() {
            let _ = writeln!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
        }
    }
}

/// Thousands apart, as people read them.
fn tick_label(tick: f64) -> String {
    let plain = if tick < 1.0 && tick > 0.0 { format!("{tick:.2}") } else { format!("{tick:.0}") };
    match plain.len() {
        5.. if tick >= 1.0 => {
            let (thousands, rest) = plain.split_at(plain.len() - 3);
            format!("{thousands} {rest}")
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(values: &[(u64, Option<f64>)]) -> Vec<Moment> {
        let moment = |(second, &(rate, latency)): (usize, &(u64, Option<f64>))| Moment {
            second,
            offered: rate,
            achieved: rate / 2,
            p50_ms: latency,
            p99_ms: latency.map(|latency| latency * 10.0),
        };
        values.iter().enumerate().map(moment).collect()
    }

    #[test]
    fn steps_are_round_and_cut_the_whole_into_about_five() {
        for (whole, expected) in [(1.0, 0.2), (5.0, 1.0), (7.0, 2.0), (4_300.0, 1_000.0), (99.0, 20.0)] {
            assert!((step(whole) - expected).abs() < 1e-9, "{whole}: {}", step(whole));
        }
        assert_eq!(ticks(100.0, 50.0), [0.0, 50.0, 100.0]);
        assert_eq!(
            ["0", "0.10", "5000", "20 000"],
            [0.0, 0.1, 5_000.0, 20_000.0].map(tick_label).each_ref().map(String::as_str)
        );
    }

    #[test]
    fn every_point_is_inside_the_drawing_and_gaps_stay_gaps() {
        let svg = plot(
            "essay",
            "all",
            &moments(&[(0, None), (5_000, Some(0.3)), (10, None), (70, Some(90_000.0))]),
        );
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let p50 =
            svg.lines().find(|line| line.contains("class=\"p50\" d=\"M") && !line.contains('H')).unwrap();
        assert_eq!((p50.matches('M').count(), p50.matches('L').count()), (2, 0), "{p50}");
        for label in ["requests per second", "latency since due", "seconds since the start"] {
            assert!(svg.contains(label), "{label}");
        }
    }

    #[test]
    fn an_empty_run_is_drawn_too() {
        let svg = plot("essay", "all", &[]);
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("NaN"), "{svg}");
    }
}
