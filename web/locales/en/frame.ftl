# The words of the frame of every page, in English. One message a line; variables stand between braces.

product = Grand Dialogue
language-own-name = English
language-for-networks = en_GB
skip-to-content = Skip to content
footer-privacy = No account and no tracking: only the cookies that are strictly needed, to find your votes and your language again.
footer-software = Grand Dialogue is free software: anyone can check how votes are counted.

## Numbers and dates

percent = { $value }%
percent-interval = { $low } to { $high }%
percent-with-interval = { $share } ({ $interval })
count-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
count-proposals = { $count ->
    [one] { $count } proposal
   *[other] { $count } proposals
}
count-participants = { $count ->
    [one] { $count } participant
   *[other] { $count } participants
}
figure-votes = Votes
figure-proposals = Proposals
figure-participants = Participants
date-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
date-minute = { $day }, { $hour }:{ $minute } ({ $zone })
open-until = Open until
from-date = From

## Navigation

nav-label = Consultation
nav-landing = Question
nav-vote = Vote
nav-propose = Propose
nav-explore = Explore
nav-votes = My participation
nav-results = Results
back-home = See all consultations
back-to-consultation = Back to the consultation

## Phases

phase-draft = In preparation
phase-consultation = Consultation
phase-consultation-story = Everyone proposes ideas and votes on those of others.
phase-workshops = Workshops
phase-workshops-story = The ideas that stand out become projects, with participants who volunteer.
phase-concertation = Concertation
phase-concertation-story = The projects come back to you: you comment on them and vote again.
phase-closed = Outcome
phase-closed-story = Results and decisions are published, and everything can still be read.

## Choices and qualifications

choice-agree = Agree
choice-disagree = Disagree
choice-neutral = Neutral
qualification-like-it = I love it
qualification-doable = Realistic
qualification-platitude-agree = Obvious, heard before
qualification-no-way = Certainly not
qualification-impossible = Not feasible
qualification-platitude-disagree = Heard too often
qualification-not-understood = I do not understand
qualification-no-opinion = No opinion
qualification-do-not-care = I do not mind

## Moderation statuses

status-pending = Waiting to be read
status-published = Published
status-refused = Not published
status-withdrawn = Withdrawn

## Errors

error-prefix = Error:
error-status = Error { $name }
error-request = If you report this problem, please give this number:
error-again = Show it again
error-card-expired-title = This card was shown too long ago
error-card-expired-advice = Your answer was not recorded. Show the page again, then answer: nothing you said before is lost.
error-proposal-gone-title = This proposal is not published
error-proposal-gone-advice = Not yet, or not any more: it cannot be voted on. Your other votes stay recorded.
error-form-from-elsewhere-title = This form was not sent from our page
error-form-from-elsewhere-advice = To be safe, nothing was recorded. Open the consultation and start again from its page.
error-results-hidden-title = The results are not published yet
error-results-hidden-advice = The organisers will publish them on the results page. Your votes are recorded and you can review them at any time.
error-report-awaited-title = The first report is being prepared
error-report-awaited-advice = The votes are recorded but no report has been computed yet. Please come back a little later.
error-400-title = This request was not understood
error-400-advice = The address or the form is incomplete. Go back, reload the page and try again.
error-401-title = Your cookie is no longer valid
error-401-advice = It was changed or comes from another site. We have removed it: reload the page and you will be able to take part again.
error-403-title = This page is not open to the public
error-403-advice = The organisers have not published it, or it needs an invitation.
error-404-title = This page does not exist
error-404-advice = The address may have been copied wrongly, or the consultation was taken down.
error-409-title = This is not possible at the moment
error-409-advice = The consultation is not in the phase that allows it. Its dates are on its page.
error-413-title = What you sent is too large
error-413-advice = Shorten your text and send it again.
error-422-title = This cannot be recorded
error-422-advice = Some of the information is not accepted. Go back, correct it and try again.
error-429-title = You are going a little too fast
error-429-advice = Too many requests come from your connection. Wait a minute and try again: what was recorded still is.
error-500-title = Something went wrong on our side
error-500-advice = Try again in a moment. Votes already confirmed are not lost.
error-503-title = The service is catching its breath
error-503-advice = Try again in a moment. Repeating a vote is safe: it counts only once.
