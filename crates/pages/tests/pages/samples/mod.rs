//! Every page in every state, filled with believable content: what the tests read and the preview shows.

mod reports;

use gd_domain::{
    Answer, Answers, Audience, Calendar, Choice, Consultation, ConsultationDraft, ConsultationId, Figures,
    ItemNumber, Language, ModerationStatus, Notices, Opinion, Origin, Phase, Position, Presentation,
    Proposal, ProposalText, ProposalTextError, Qualification, Question, RefusalReason, Rules, Slug, Theme,
    Timestamp,
};
use gd_pages::{
    AnsweredCard, Card, DevicePage, DeviceState, ErasePage, ErrorPage, ErrorStory, ExploreFilter,
    ExplorePage, ExploreSort, Frame, Here, HomePage, LandingPage, ListedConsultation, ListedProposal,
    MyProposal, MyVote, Notice, NoticePage, Page, ProposalPage, ProposePage, ProposedPage, QuotedProposal,
    ReportDocument, ReportFile, ResultsPage, ResultsState, StandPage, VoteNotice, VotePage, VoteState,
    VotesPage, WidgetPage, WidgetState,
};
use gd_report::{Counts, Report};

pub use reports::{empty_report, full_report, report};

/// 2026-03-12T18:00:00Z, in the middle of the consultation.
pub const NOW: Timestamp = Timestamp::from_millis(1_773_338_400_000);

const DAY_MILLIS: i64 = 86_400_000;

/// Every page and state in a language, by a name that can be a file's.
pub fn pages(language: Language) -> Vec<(String, String)> {
    let consultation = consultation();
    let open = Here { consultation: &consultation, phase: Phase::Consultation, results_open: true };
    let closed = Here { phase: Phase::Workshops, results_open: false, ..open };
    let mut pages = Vec::new();
    homes(language, open, &mut pages);
    votes_on_cards(language, open, closed, &mut pages);
    widgets(language, open, &mut pages);
    proposing(language, open, closed, &mut pages);
    my_votes(language, open, closed, &mut pages);
    exploring(language, open, closed, &mut pages);
    results(language, open, &mut pages);
    standing(language, open, &mut pages);
    notices(language, open, &mut pages);
    errors(language, consultation.slug(), &mut pages);
    pages
}

/// A consultation modelled on a large public event.
pub fn consultation() -> Consultation {
    let day = |days: i64| Some(NOW.plus_millis(days * DAY_MILLIS));
    let audience = |id: &str, title: &str| Audience { id: id.parse().unwrap(), title: title.into() };
    let theme = |id: &str, title: &str| Theme { id: id.parse().unwrap(), title: title.into() };
    Consultation {
        id: ConsultationId(1),
        description: ConsultationDraft {
            slug: "grand-dialogue".parse().unwrap(),
            organisation: "Caisse nationale des contributions".into(),
            question: "Comment simplifier ensemble vos démarches et améliorer votre relation avec nos services ?".into(),
            introduction: "Chaque année, des millions d’employeurs et d’indépendants déclarent et paient leurs \
                contributions. Nous voulons entendre ce qui vous ferait gagner du temps et de la confiance.\n\n\
                Les idées qui rassemblent seront travaillées dans trois ateliers avec des usagers, des agents et \
                des directeurs. Nous dirons publiquement ce que nous retenons, et pourquoi."
                .into(),
            language: Language::Fr,
            rules: Rules::default(),
            audiences: vec![
                audience("usagers", "Usager"),
                audience("agents", "Agent de la caisse"),
                audience("direction", "Directrice ou directeur"),
            ],
            questions: questions(),
            themes: vec![theme("accueil", "Accueil et contact"), theme("demarches", "Démarches en ligne")],
            calendar: Calendar::new(day(-20), day(35), day(80), day(120)).unwrap(),
            origin: Origin::Native,
            presentation: Presentation { time_zone: "Europe/Paris".into(), ..Presentation::default() },
        },
    }
}

/// One question with few answers, one with many.
fn questions() -> Vec<Question> {
    let slug = |text: &str| text.parse::<Slug>().unwrap();
    let answer = |(id, title): &(&str, &str)| Answer { id: slug(id), title: (*title).to_owned() };
    let question = |id, text: &str, choices: &[(&str, &str)]| Question {
        id: slug(id),
        text: text.to_owned(),
        choices: choices.iter().map(answer).collect(),
    };
    let years =
        [("moins-de-2", "Moins de 2 ans"), ("2-a-10", "2 à 10 ans"), ("plus-de-10", "Plus de 10 ans")];
    let regions = ["bretagne", "corse", "grand-est", "guyane", "ile-de-france", "normandie", "occitanie"];
    vec![
        question("anciennete", "Depuis combien de temps connaissez-vous la caisse ?", &years),
        question("region", "Dans quelle région vivez-vous ?", &regions.map(|name| (name, name))),
    ]
}

fn homes(language: Language, open: Here<'_>, pages: &mut Vec<(String, String)>) {
    let figures = Figures { proposals: 8_012, ballots: 1_203_441, participants: 118_730 };
    let mut second = consultation();
    second.description.slug = "mobilites".parse().unwrap();
    second.description.organisation = "Métropole du Val".into();
    second.description.question = "Quelles mobilités pour nos villages en 2035 ?".into();
    let workshops = Here { consultation: &second, phase: Phase::Workshops, results_open: true };
    let list = vec![
        ListedConsultation { here: open, figures },
        ListedConsultation {
            here: workshops,
            figures: Figures { proposals: 1, ballots: 412, participants: 31 },
        },
    ];
    let home = |consultations| HomePage { frame: frame(language, "/"), consultations }.to_html();
    add(pages, "home", home(list));
    add(pages, "home-empty", home(Vec::new()));
    let landing = |here| {
        LandingPage { frame: frame(language, "/c/grand-dialogue"), here, figures, latest: quoted() }.to_html()
    };
    add(pages, "landing", landing(open));
    add(pages, "landing-workshops", landing(Here { phase: Phase::Workshops, ..open }));
}

fn votes_on_cards(language: Language, open: Here<'_>, closed: Here<'_>, pages: &mut Vec<(String, String)>) {
    let page = |here, place, asks_audience, notice, state| {
        let frame = frame(language, "/c/grand-dialogue/vote?n=3&last=17");
        let asks_questions = asks_audience;
        VotePage { frame, here, place, sequence_length: 12, asks_audience, asks_questions, notice, state }
            .to_html()
    };
    let answered = |choice, nuances: &[Qualification], counts| {
        let opinion = Opinion::new(choice, nuances.iter().copied().collect()).unwrap();
        VoteState::Answered(AnsweredCard { card: card(), opinion, counts })
    };
    let counts = Some(Counts { agree: 1_204, disagree: 188, neutral: 96 });
    add(pages, "vote-first", page(open, 1, true, None, VoteState::Card(card())));
    add(pages, "vote-card", page(open, 3, false, None, VoteState::Card(card())));
    let expired = Some(VoteNotice::CardExpired);
    add(pages, "vote-expired", page(open, 3, false, expired, VoteState::Card(card())));
    let agreed = answered(Choice::Agree, &[Qualification::Doable], counts);
    add(pages, "vote-answered", page(open, 4, false, None, agreed));
    add(pages, "vote-disagreed", page(open, 13, false, None, answered(Choice::Disagree, &[], None)));
    add(pages, "vote-neutral", page(open, 2, false, None, answered(Choice::Neutral, &[], None)));
    add(pages, "vote-audience", page(open, 4, true, None, VoteState::Audience));
    add(pages, "vote-questions", page(open, 10, true, None, VoteState::Questions));
    add(pages, "vote-invitation", page(open, 7, true, None, VoteState::Invitation));
    add(pages, "vote-done", page(open, 13, false, None, VoteState::SequenceDone));
    add(pages, "vote-empty", page(open, 1, false, None, VoteState::NothingLeft));
    add(pages, "vote-closed", page(closed, 1, false, None, VoteState::Closed));
}

fn widgets(language: Language, open: Here<'_>, pages: &mut Vec<(String, String)>) {
    let token = "AQAAAZzdrrqAAAA.k0x-5fQv8s1b";
    let page = |place, is_known, notice, state| {
        let frame = frame(language, "/c/grand-dialogue/widget");
        WidgetPage { frame, here: open, token, is_known, place, sequence_length: 12, notice, state }.to_html()
    };
    let opinion = Opinion::new(Choice::Disagree, [Qualification::NoWay].into_iter().collect()).unwrap();
    let answered = AnsweredCard { card: card(), opinion, counts: None };
    add(pages, "widget", page(1, false, None, WidgetState::Card(card())));
    let expired = Some(VoteNotice::CardExpired);
    add(pages, "widget-expired", page(3, true, expired, WidgetState::Card(card())));
    add(pages, "widget-answered", page(4, true, None, WidgetState::Answered(answered)));
    add(pages, "widget-done", page(13, true, None, WidgetState::Done));
    add(pages, "widget-empty", page(5, true, None, WidgetState::NothingLeft));
    for (name, state) in [
        ("closed", WidgetState::Closed),
        ("not-offered", WidgetState::NotOffered),
        ("trouble", WidgetState::Trouble(429)),
    ] {
        let frame = frame(language, "/c/grand-dialogue/widget");
        add(pages, &format!("widget-{name}"), WidgetPage::without_card(frame, open, state).to_html());
    }
}

fn proposing(language: Language, open: Here<'_>, closed: Here<'_>, pages: &mut Vec<(String, String)>) {
    let path = "/c/grand-dialogue/propose";
    let form = |here, typed, error, similar| {
        ProposePage { frame: frame(language, path), here, typed, error, similar }.to_html()
    };
    let long = "Il faut que chaque courrier dise en une phrase ce que l’on attend de moi, avant quelle date, ce que \
        je risque si je me trompe et quelle personne appeler pour être aidé.";
    let too_long =
        ProposalTextError::TooLong { length: gd_domain::user_perceived_length(long), length_max: 140 };
    add(pages, "propose", form(open, "", None, Vec::new()));
    add(pages, "propose-too-long", form(open, long, Some(too_long), Vec::new()));
    let empty = ProposalTextError::Empty { length_max: 140 };
    add(pages, "propose-blank", form(open, "  ", Some(empty), Vec::new()));
    add(pages, "propose-similar", form(open, "Il faut un nom sur chaque courrier.", None, quoted()));
    add(pages, "propose-closed", form(closed, "", None, Vec::new()));
    for status in ModerationStatus::ALL {
        let frame = frame(language, path);
        let refused = status == ModerationStatus::Refused;
        let proposal = Proposal {
            number: ItemNumber(8_013),
            text: ProposalText::from_record(
                "Il faut pouvoir prendre rendez-vous le soir avec un conseiller qui connaît mon dossier."
                    .into(),
            ),
            author: None,
            submitted_at: NOW,
            status,
            refusal_reason: refused.then(|| {
                RefusalReason::parse("Elle nomme une personne : dites plutôt sa fonction.").unwrap()
            }),
            theme: None,
            idea: None,
        };
        let receipt = "/c/grand-dialogue/receipts/AAAAAAAAAAEAAB9N.k0x-5fQv8s1bAAAA";
        let is_new = status == ModerationStatus::Pending;
        let page = ProposedPage { frame, here: open, proposal: &proposal, receipt, is_new };
        add(pages, &format!("proposed-{status}"), page.to_html());
    }
}

fn exploring(language: Language, open: Here<'_>, closed: Here<'_>, pages: &mut Vec<(String, String)>) {
    let explore = |here, filter, proposals: Vec<ListedProposal>, next| {
        let frame = frame(language, "/c/grand-dialogue/proposals");
        let found = proposals.len() as u64;
        ExplorePage { frame, here, filter, proposals, found, next }.to_html()
    };
    let themes = [Some("Accueil et contact".to_owned()), None];
    let listed = quoted().into_iter().zip(themes).map(|(quoted, theme)| ListedProposal { quoted, theme });
    let next = Some(ItemNumber(7));
    add(pages, "explore", explore(open, ExploreFilter::default(), listed.collect(), next));
    let filter = ExploreFilter { sort: ExploreSort::Controversy, theme: "accueil", words: "d’été \"&<" };
    add(pages, "explore-nothing", explore(open, filter, Vec::new(), None));
    let proposal = |here, opinion, counts| {
        let frame = frame(language, "/c/grand-dialogue/proposals/17");
        ProposalPage { frame, here, card: card(), opinion, counts }.to_html()
    };
    add(pages, "proposal", proposal(open, None, None));
    let agreed = Opinion::new(Choice::Agree, [Qualification::Doable].into_iter().collect()).unwrap();
    let counts = Some(Counts { agree: 1_204, disagree: 188, neutral: 96 });
    add(pages, "proposal-answered", proposal(open, Some(agreed), counts));
    add(pages, "proposal-closed", proposal(closed, Some(agreed), None));
}

/// Two published proposals.
fn quoted() -> Vec<QuotedProposal> {
    let quote = |number, text: &str| QuotedProposal { number: ItemNumber(number), text: text.into() };
    vec![
        quote(41, "Il faut un nom et un numéro sur chaque courrier."),
        quote(7, "Il faut des courriers d’une page, en français clair."),
    ]
}

fn my_proposals() -> Vec<MyProposal> {
    let statuses = [ModerationStatus::Published, ModerationStatus::Refused];
    let receipt = || "/c/grand-dialogue/receipts/AAAAAAAAAAEAAB9N.k0x-5fQv8s1bAAAA".to_owned();
    quoted()
        .into_iter()
        .zip(statuses)
        .map(|(quoted, status)| MyProposal { quoted, status, receipt: receipt() })
        .collect()
}

fn my_votes(language: Language, open: Here<'_>, closed: Here<'_>, pages: &mut Vec<(String, String)>) {
    let page = |here, votes: Vec<MyVote>, earlier| {
        let total = if votes.is_empty() { 0 } else { 1_037 };
        let proposals = if votes.is_empty() { Vec::new() } else { my_proposals() };
        VotesPage {
            frame: frame(language, "/c/grand-dialogue/votes"),
            here,
            votes,
            answers: Answers([("region".parse().unwrap(), "corse".parse().unwrap())].into()),
            total,
            proposals,
            later: None,
            earlier,
        }
        .to_html()
    };
    let earlier = Some("/c/grand-dialogue/votes?page=2".to_owned());
    add(pages, "votes", page(open, votes(), earlier));
    add(pages, "votes-none", page(open, Vec::new(), None));
    add(pages, "votes-closed", page(closed, votes(), None));
    for (name, here, is_done) in
        [("erase", open, false), ("erase-closed", closed, false), ("erase-done", open, true)]
    {
        let frame = frame(language, "/c/grand-dialogue/votes/erase");
        add(pages, name, ErasePage { frame, here, is_done }.to_html());
    }
    let path = "/c/grand-dialogue/continue/AAAAAAAAAAEAAB9N.k0x-5fQv8s1bAAAA";
    for (name, state) in [
        ("device-offered", DeviceState::Offered { path, expires_at: NOW }),
        ("device-asked", DeviceState::Asked { replaces: false }),
        ("device-replaces", DeviceState::Asked { replaces: true }),
        ("device-expired", DeviceState::Expired),
    ] {
        add(pages, name, DevicePage { frame: frame(language, path), here: open, state }.to_html());
    }
}

fn results(language: Language, open: Here<'_>, pages: &mut Vec<(String, String)>) {
    let report = report();
    let page = |state| {
        ResultsPage { frame: frame(language, "/c/grand-dialogue/results"), here: open, state }.to_html()
    };
    add(
        pages,
        "results",
        page(ResultsState::Shown { report: &report, as_of: NOW, position: POSITION, is_live: true }),
    );
    add(pages, "results-hidden", page(ResultsState::Hidden));
    add(pages, "results-awaited", page(ResultsState::Awaited));
    let question = open.consultation.description.question.as_str();
    let document = ReportDocument::new(language, question, &report, Some(NOW)).beside(&BESIDE);
    let document = document.of_consultation(&open.consultation.description, POSITION);
    add(pages, "report-document", document.to_html());
    let (full, none) = (full_report(), empty_report());
    let bare = |report: &Report| ReportDocument::new(language, question, report, None).to_html();
    add(pages, "report-document-full", bare(&full));
    add(pages, "report-document-empty", bare(&none));
    add(
        pages,
        "results-full",
        page(ResultsState::Shown { report: &full, as_of: NOW, position: POSITION, is_live: false }),
    );
}

fn standing(language: Language, open: Here<'_>, pages: &mut Vec<(String, String)>) {
    let (report, full, none) = (report(), full_report(), empty_report());
    let page = |report, ballots: &[(u32, Choice)]| {
        let ballots = ballots.iter().map(|&(number, choice)| (ItemNumber(number), choice)).collect();
        StandPage { frame: frame(language, "/c/grand-dialogue/stand"), here: open, ballots, report }.to_html()
    };
    let numbers = full.proposals.iter().map(|proposal| proposal.number.0);
    let all = numbers.map(|number| (number, if number % 3 == 0 { Choice::Disagree } else { Choice::Agree }));
    let all = all.collect::<Vec<_>>();
    add(pages, "stand", page(Some(&full), &all));
    add(pages, "stand-too-few", page(Some(&full), &all[..1]));
    add(pages, "stand-plain", page(Some(&report), &all));
    add(pages, "stand-empty", page(Some(&none), &[]));
    add(pages, "stand-awaited", page(None, &all));
}

fn notices(language: Language, open: Here<'_>, pages: &mut Vec<(String, String)>) {
    let mut told = open.consultation.clone();
    told.description.presentation.notices = Notices {
        privacy: "## Responsable du traitement\n\nCaisse nationale des contributions,\n1 rue de la Paix."
            .into(),
        accessibility: "Un audit a été mené en mars.\n\n## Contact\n\nacces@caisse.example".into(),
        legal: "## Éditeur\n\nLa caisse & ses <agences>.".into(),
    };
    let told = Here { consultation: &told, ..open };
    for notice in Notice::ALL {
        for (name, here) in [("", open), ("-told", told)] {
            let path = format!("/c/grand-dialogue/{}", notice.as_str());
            let page = NoticePage { frame: frame(language, &path), here, notice };
            add(pages, &format!("notice-{}{name}", notice.as_str()), page.to_html());
        }
    }
}

fn errors(language: Language, slug: &Slug, pages: &mut Vec<(String, String)>) {
    for status in [400, 401, 403, 404, 409, 413, 422, 429, 500, 503] {
        let consultation = (status == 409).then_some(slug);
        let request_id = (status == 500).then_some("019cdef0-5f3a-7c21-9b1e-0a4c5d6e7f80");
        let frame = frame(language, "/c/grand-dialogue");
        add(
            pages,
            &format!("error-{status}"),
            ErrorPage { frame, status, story: None, consultation, is_repeatable: true, request_id }.to_html(),
        );
    }
    for story in ErrorStory::ALL {
        let (frame, consultation) = (frame(language, "/c/grand-dialogue/proposals/17"), Some(slug));
        let page = ErrorPage {
            frame,
            status: 403,
            story: Some(story),
            consultation,
            is_repeatable: false,
            request_id: None,
        };
        add(pages, &format!("error-{}", story.as_str()), page.to_html());
    }
}

fn frame(language: Language, path: &str) -> Frame<'_> {
    Frame { language, path, origin: Some("https://dialogue.example") }
}

fn add(pages: &mut Vec<(String, String)>, name: &str, html: String) {
    pages.push((name.to_owned(), html));
}

/// A card about contact.
pub fn card() -> Card {
    Card {
        number: ItemNumber(17),
        text: "Il faut un conseiller attitré, joignable par téléphone, qui connaît mon dossier et me rappelle quand il l’a promis.".into(),
        theme: Some("Accueil et contact".into()),
        key: "AAAAAGm3yXkAAAARk0x-5fQv8s1b".into(),
    }
}

fn votes() -> Vec<MyVote> {
    let vote = |number, text: &str, choice, nuances: &[Qualification], key: Option<&str>| MyVote {
        number: ItemNumber(number),
        text: text.into(),
        opinion: Opinion::new(choice, nuances.iter().copied().collect()).unwrap(),
        key: key.map(ToOwned::to_owned),
    };
    vec![
        vote(17, &card().text, Choice::Agree, &[Qualification::LikeIt, Qualification::Doable], Some("k17")),
        vote(
            230,
            "Il faut supprimer l’accueil physique pour réduire les coûts.",
            Choice::Disagree,
            &[Qualification::NoWay],
            Some("k230"),
        ),
        vote(
            1_204,
            "Il faut un seul identifiant pour toutes les démarches.",
            Choice::Neutral,
            &[],
            Some("k1204"),
        ),
        vote(88, "Il faut rendre les pénalités automatiques.", Choice::Disagree, &[], None),
    ]
}

/// The files named beside the document that stands alone.
pub const BESIDE: [ReportFile; 2] = [ReportFile::Json, ReportFile::Proposals];

/// The ledger's position when the reports were made.
pub const POSITION: Position = Position(1_215_002);

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}
