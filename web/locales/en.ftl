# The pages' words in English. One message a line; variables stand between braces.

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

## Home

home-title = Your view counts: a few minutes are enough
home-lead = Answer the open questions of public bodies: vote on other people’s ideas, propose your own.
home-empty = No consultation is open at the moment. Please come back soon.

## A consultation's page

landing-vote = Have my say
landing-propose = Propose an idea
landing-said = What people propose
landing-explore = Look through all proposals
landing-effort = It takes a few minutes and no account.
landing-not-open = Votes and proposals are not open at the moment.
landing-see-results = See the results
landing-why = Why this question
landing-how = How to take part
landing-how-vote = Read one proposal at a time and answer: agree, disagree or neutral.
landing-how-propose = Is an idea missing? Write it in { $count } characters at most.
landing-how-account = No account and no e-mail address. You can change or withdraw your votes at any time during the consultation.
landing-steps = What becomes of your answers
landing-my-votes = Review my participation

## Rules of moderation

rules-title = What is published
rules-before = A moderator reads every proposal before it is published, whatever opinion it holds.
rules-after = Proposals are published at once; a moderator reads them afterwards, whatever opinion they hold.
rules-answer = It answers the question with something that can be done.
rules-respect = It insults nobody and discriminates against nobody.
rules-private = It names no private person and gives no personal data.
rules-advertising = It sells nothing and campaigns for no candidate.

## Voting

choices-label = Your answer
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
proposal-number = Proposal no. { $name }
vote-title = Vote
vote-title-answered = Answer recorded: { $name }
vote-progress = Proposal { $place } of { $length }
vote-skip = Skip without answering
vote-keys = On the keyboard: ← disagree, ↓ neutral, → agree.
vote-keys-answered = On the keyboard: → next proposal, U to undo.
vote-answer = You: { $name }
vote-nuances = Would you like to say more? (optional)
vote-totals = Everybody’s answers
vote-next = Continue
vote-undo = Undo
vote-undo-what = this vote
vote-done-title = Thank you, you have reached the end of this series
vote-done-text = Your votes are recorded. More proposals are waiting for your view, and perhaps yours is still missing.
vote-done-continue = Keep voting
vote-leave = Leave: back to the question
vote-kept = Saved
vote-offline = No connection. Your answers are kept on this device and will be sent as soon as it is back.
vote-lost = An answer could not be recorded: its proposal is not open to votes any more.
share-invitation = Vote on other people’s proposals and add yours: a few minutes, no account.
share-proposal = Do you agree with this proposal? It answers the question:
share-by-mail = Share this page
share-copied = Address copied
invitation-title = And what would you propose?
invitation-text = One sentence of { $count } characters at most is enough. Everyone will be able to vote on it.
vote-empty-title = You have voted on every proposal
vote-empty-text = Thank you! New proposals come in every day: come back, or add your own.
vote-closed-title = Voting is not open
vote-closed-text = This consultation does not take votes at the moment. Those you gave still count.
notice-card-expired = This card was shown too long ago: your answer was not recorded. You can answer again.
notice-proposal-gone = This proposal is no longer published: your answer was not recorded. Here is another one.
notice-answer-not-understood = Your answer was not understood and was not recorded. Please choose one of the three answers.
notice-retracted = Your vote is undone. You can answer again.
audience-question = Which public do you belong to?
audience-why = So that every public’s views are compared on an equal footing. Asked once; you need not answer.
audience-not-said = I prefer not to say
questions-title = A few words about you
questions-why = To know who is speaking and to compare views. Every answer is optional, and can be changed and erased under “My participation”; a mix of answers that fewer than five people share is never published.
questions-not-said = I prefer not to say
questions-send = Continue

## Proposing

propose-title = Propose an idea
propose-label = Your proposal
propose-help = One single idea, in { $count } characters at most. Everyone will be able to vote on it.
propose-error-empty = The proposal is empty: write a sentence of 1 to { $count } characters.
propose-error-too-long = { $count ->
    [one] The proposal has { $length } characters and at most { $max } are allowed: shorten it by { $count } character.
   *[other] The proposal has { $length } characters and at most { $max } are allowed: shorten it by { $count } characters.
}
propose-left = Characters left:
propose-over = Characters too many:
propose-similar = Your idea may already be here
propose-similar-help = These published proposals say nearly the same. Vote for one of them, or send yours if it says something else.
propose-send = Send my proposal
propose-send-anyway = Send all the same
propose-vote-for = Vote on it
propose-advice = To be well understood
propose-advice-one = Propose something concrete that someone can decide.
propose-advice-two = One idea per proposal: anyone must be able to agree or disagree.
propose-advice-three = Name nobody and write nothing private.
propose-closed-title = Proposals are not open
propose-closed-text = This consultation does not take proposals at the moment.
proposed-title = Thank you, your proposal is recorded
proposed-next = What happens now?
proposed-next-pending = A moderator will read it. It will be published if it follows the rules of moderation, and then put to everyone’s vote.
proposed-next-published = It is published: other participants can vote on it. Share its page if you like.
proposed-next-refused = A moderator read it and did not publish it. You can correct it and send it again.
proposed-next-withdrawn = It was taken back and is not shown any more.
proposed-correct = Correct it
proposed-see = See its page
receipt-title = What became of your proposal
receipt-link = Your private link
receipt-story = Keep this address: it always shows what became of your proposal, without an account. Whoever has it can read this page.
proposed-vote = Vote on other ideas
proposed-again = Propose another idea
status-pending = Waiting to be read
status-published = Published
status-refused = Not published
status-withdrawn = Withdrawn

## Exploring

explore-title = All proposals
explore-words = Search for words
explore-theme = Theme
explore-every-theme = Every theme
explore-sort = Order
explore-show = Show
explore-found = { $count ->
    [one] { $count } proposal found
   *[other] { $count } proposals found
}
explore-nothing = No proposal fits. Try fewer words or another theme.
explore-next = More proposals
sort-new = Latest first
sort-fewest = Fewest votes first
sort-consensus = What unites first
sort-controversy = What divides first

## My votes

votes-title = My participation
votes-list = My votes
votes-proposals = My proposals
votes-no-proposals = You have not proposed anything yet.
votes-data = My data
votes-data-story = Nobody knows your name: your participation hangs on one cookie of this browser.
votes-download = Download my data
votes-erase = Erase my participation
votes-lead = { $count ->
    [one] You have voted on { $count } proposal. You can change your mind.
   *[other] You have voted on { $count } proposals. You can change your mind.
}
votes-empty = You have not voted yet.
votes-closed = Voting is not open at the moment: these votes can no longer be changed.
votes-not-published = This proposal is no longer published: your vote is not part of the results.
votes-change = Change or withdraw
votes-retract = Withdraw my vote
votes-of-proposal = on proposal no. { $name }
votes-pages = More votes
votes-later = Later votes
votes-earlier = Earlier votes
device-title = Continue on another device
device-link = Open this address on the other device
device-story = It brings your participation there: your votes and your proposals. It works once.
device-until = Good until
device-secret = Keep it to yourself: whoever opens it votes in your place.
device-ask = Your votes and proposals from the other device will go on here.
device-replaces = This browser has a participation already. What it has said stays counted, but you will not be able to see or change it here any more.
device-accept = Continue here
device-decline = Change nothing
device-expired-title = This link does not work any more
device-expired-text = It was used already or is too old. Make another one on the first device, under “My participation”.

erase-title = Erase my participation
erase-votes = Your votes in this consultation are withdrawn and count no more.
erase-votes-closed = Votes are not open: those you gave stay in the results, with nothing left that leads to you.
erase-answers = Your answers to the questions about you are erased.
erase-proposals = Your proposals stay, but nothing shows any more that they are yours. Their private links go on working: keep them or throw them away.
erase-cookie = The cookie that leads to you is deleted. This cannot be undone.
erase-do = Erase for good
erase-cancel = Keep everything
erase-done-title = It is erased
erase-done-text = Nothing in this browser leads to your participation any more.

## Results

results-title = Results
results-live = The consultation is under way and results may still change.
results-as-of = Votes counted until
results-reading = Each mark shows the estimated share of an answer; with few votes it stays near one third. The line through it shows where that share would lie, with a chance of 95%, if many more people like these had voted.
results-nothing = No proposal so far.
results-shown = { $shown } of { $total } proposals are shown; all of them are in the report’s data.
label-consensus-name = Consensus
label-consensus-title = What unites
label-consensus-story = At least twice as many agree as disagree, and fewer than one in four disagrees.
label-consensus-count = { $count ->
    [one] idea unites
   *[other] ideas unite
}
label-controversy-name = Controversy
label-controversy-title = What divides
label-controversy-story = At least one in four agrees, at least one in four disagrees, and neither side is far ahead: the subject deserves a debate.
label-controversy-count = { $count ->
    [one] idea divides
   *[other] ideas divide
}
label-rejection-name = Rejection
label-rejection-title = What is rejected
label-rejection-story = At least twice as many disagree as agree, and fewer than one in four agrees.
label-rejection-count = { $count ->
    [one] idea is rejected
   *[other] ideas are rejected
}
label-indifference-name = Indifference
label-indifference-title = What leaves people indifferent
label-indifference-story = At least four in ten stay neutral, and neither side reaches six in ten.
label-indifference-count = { $count ->
    [one] idea leaves people indifferent
   *[other] ideas leave people indifferent
}
label-mixed-name = Mixed
label-mixed-title = What stays mixed
label-mixed-story = One side is ahead, but the idea does not clearly unite, divide or meet rejection.
label-mixed-count = { $count ->
    [one] idea stays mixed
   *[other] ideas stay mixed
}
label-undetermined-name = Open
label-undetermined-title = What is still open
label-undetermined-story = The votes so far do not allow a conclusion: there are too few of them, or they lie on the border between two labels.
label-undetermined-count = { $count ->
    [one] idea is still open
   *[other] ideas are still open
}
zone-consensus-story = About six in ten or more agree, or few disagree and fewer than four in ten are neutral.
zone-controversy-story = The proposal falls in none of the other zones.
zone-rejection-story = About six in ten or more disagree, or few agree and fewer than four in ten are neutral.
zone-indifference-story = About four in ten or more are neutral.
zone-undetermined-story = Nobody has voted on these proposals yet.
results-claims = { $count ->
    [one] The report puts a label on { $count } proposal; on average it expects at most { $wrong } such label to be wrong.
   *[other] The report puts a label on { $count } proposals; on average it expects at most { $wrong } of these labels to be wrong.
}
confidence-almost-certain = almost certain
confidence-very-likely = very likely
confidence-likely = likely
confidence-rather-likely = rather likely
chart-title = Votes on proposal no. { $name }
chart-row = { $name }: { $share }, { $votes } votes.
figures-summary = The figures
figures-audience = Audience
results-method = How to read these results
results-limits = What these data do not say
limit-chose-themselves = Participants chose to take part: the figures describe the public they are a sample of, not the whole population.
limit-browsers = A participant is a browser, not a proven person: one person may have voted from two devices, and two persons from one.
limit-not-everything-seen = Not everybody saw every proposal: each share is that of the participants who voted on it.
limit-independent = Votes are treated as independent: the intervals do not see a campaign that sends its supporters.
limit-why = A vote does not say why: neutral may be no opinion, not understood or not caring.
limits-of-the-report = Every limit the report states
finding-opposed-by = Rather opposed: { $name }.
finding-not-shared-by = Not shared by: { $name }.
finding-too-few = Too few votes to tell: { $name }.
results-recompute = Anyone can redo this analysis from the consultation’s open data and obtain the same report.
results-digest = Digest of the data analysed:
results-download = Download the report (JSON)
method-calibrated = A proposal is said to unite, to divide or to be rejected only if the votes show it with a high probability. All others stay open. The intervals follow the number of votes: the fewer there are, the wider they get.
method-make-org = Proposals are sorted by the method of Make.org: its zones depend on the shares of votes and take no account of uncertainty.
method-polis = Proposals are analysed by the method of Polis, which first looks for groups of participants who vote alike.
method-other = Proposals are sorted by a method of its own, described in the report’s data.
results-hidden-title = The results are not published yet
results-hidden-text = The organisers will publish them here. Your votes are recorded and you can review them at any time.
results-awaited-title = The first report is being prepared
results-awaited-text = The votes are recorded but no report has been computed yet. Please come back a little later.

## What the law asks for

notice-privacy = Personal data and cookies
notice-accessibility = Accessibility statement
notice-legal = Legal notice
privacy-lead = You take part without an account, a name or an e-mail address. This page tells what is kept all the same.
privacy-kept = What is kept
privacy-kept-votes = Your votes: the proposal, your answer and the time, under a number drawn at random.
privacy-kept-proposals = Your proposals: their text and the time, under the same number. They are public once published.
privacy-kept-audience = The public you say you belong to, if you choose to say.
privacy-kept-answers = Your answers to the questions about you, if you give any. A mix of answers that fewer than five people share is never published.
privacy-not-kept = The address of your connection only serves to slow down mass sending: it is never kept with your votes.
privacy-cookies = Cookies
privacy-cookies-story = There are only those without which the service would not work, which is why no banner asks you about them. They serve nothing else and nobody else reads them.
privacy-cookie-participant = holds your number, signed, for 13 months, so that your votes count once and you find them again.
privacy-cookie-widget = does the same in pages of partner sites where you vote, for that page only.
privacy-cookie-language = remembers the language you chose, for 13 months.
privacy-outbox = Your browser keeps your answers for the seconds they take to arrive, and longer if the network is away.
privacy-yours = Your data are yours
privacy-yours-story = See your votes again, change them, download everything or erase everything whenever you want, without asking anybody:
privacy-who = Who answers for them
privacy-who-story = { $name } holds this consultation and answers for these data. Address your questions and requests to them, or to the data protection authority of your country (in France, the CNIL).
accessibility-pledge = { $name } undertakes to make this service accessible to everyone, in accordance with article 47 of the French law no. 2005-102 of 11 February 2005. This statement applies to the pages of this consultation.
accessibility-state = State of compliance
accessibility-state-story = No audit of this service has been published yet: it is therefore declared not compliant with the RGAA 4.1, and no rate of compliance is claimed. It is made for the keyboard, screen readers, a zoom of 200% and browsers without scripts, and is checked by automatic tests in every version.
accessibility-made = How this statement was made
accessibility-made-story = Technologies: HTML, CSS, SVG; JavaScript is optional. Tools of the automatic tests: axe-core and html-validate, in Chromium.
accessibility-contact = Feedback and contact
accessibility-contact-story = If a page resists you, tell { $name }: you will be led to an accessible form or given the content in another way.
accessibility-recourse = Means of recourse
accessibility-recourse-story = If you reported a barrier that keeps you from taking part and got no satisfying answer, you can turn to the Défenseur des droits (defenseurdesdroits.fr, +33 9 69 39 00 00).
legal-publisher = Publisher
legal-host = Host
legal-host-story = The organisation above tells on request who hosts this service.
legal-software = Software

## The report's parts

overview-heading = In short
contents-label = In this report
contents-findings = What unites, what divides
proposal-short = No. { $name }
figure-agree = { $share } agree
figure-disagree = { $share } disagree
figure-neutral = { $share } are neutral
figure-both = { $agree } agree, { $disagree } disagree
figures-label = Label
figures-part = Share
figures-proposal = Proposal
figures-group = Group
figures-traits = What sets it apart
figures-voters = Voters
figures-supporters = Supporters
figures-opponents = Opponents
stack-title = { $name }: { $agree } agree, { $neutral } neutral, { $disagree } disagree

triangle-heading = Where every proposal lies
triangle-title = Proposals between agree, disagree and neutral
triangle-story = The further right a proposal lies, the more people agree with it; the further left, the more disagree; the higher, the more stay neutral. The tinted areas are the labels’ borders; a proposal is given a label only when its votes leave little doubt.
triangle-description = Each mark is a proposal, placed by the shares of its answers. { $name }. The leading ones are numbered and listed beside the drawing.
triangle-pointed-out = Numbered on the drawing
triangle-gathered = Each mark stands for proposals that lie close together; the largest stands for { $count }.
triangle-not-drawn = { $count ->
    [one] { $count } proposal without a vote is not drawn.
   *[other] { $count } proposals without a vote are not drawn.
}
triangle-table = Proposals by label, with the median share of each answer

ideas-heading = The same idea, said several times
ideas-story = { $count ->
    [one] { $count } group of near-identical proposals was found. Its support is counted in people: someone who agrees with several of its proposals counts once.
   *[other] { $count } groups of near-identical proposals were found. Their support is counted in people: someone who agrees with several proposals of a group counts once.
}
ideas-table = Ideas with the most supporters
ideas-cut = The { $count } ideas with the most supporters are shown; all of them are in the report’s data.
idea-proposals = { $count ->
    [one] { $count } proposal
   *[other] { $count } proposals
}
idea-numbers = Nos. { $name }
idea-supporters = Supporters: { $name }
idea-bar = { $agree } support it, { $disagree } only oppose it, { $neutral } do neither

groups-heading = Groups of opinion
groups-story = These participants answer alike. Nobody declared a group: the groups come from the votes alone.
groups-given = The groups were given with the votes: { $count } participants belong to one.
groups-found = Found among the { $count } participants who voted on at least { $votes } proposals.
groups-close = The groups lie close together: the border between them runs through a cloud of people, not between two clouds.
groups-surplus = { $count ->
    [one] One smaller group is only in the report’s data.
   *[other] { $count } smaller groups are only in the report’s data.
}
groups-no-structure = No groups are shown: the votes show no structure. What people answer to one proposal says no more about their other answers than if the answers had been shuffled ({ $share } of the variance along the strongest direction, { $shuffled } in shuffled votes).
groups-none = No groups are shown: the votes do not part the participants into groups large enough to be told apart.
group-name = Group { $name }
groups-table = The groups and the proposals that set them apart
map-title = Map of the participants by the way they vote
map-description = The larger a mark, the more participants vote alike there. { $name }.
map-reading = Two people lie close together when they vote alike. The larger a mark, the more people it stands for, never fewer than five. The directions have no name.
map-not-shown = { $count ->
    [one] { $count } participant who lies apart from others is not drawn.
   *[other] { $count } participants who lie apart from others are not drawn.
}
trait-agree = { $here } agree, { $elsewhere } elsewhere
trait-disagree = { $here } disagree, { $elsewhere } elsewhere
trait-agree-alone = { $here } agree
trait-disagree-alone = { $here } disagree

bridging-heading = What crosses the groups
bridging-story = Share of each group that agrees, with its 95% interval. An idea builds a bridge when a majority agrees in every group.
bridging-unites = Agreed on in every group
bridging-unites-none = No proposal has a clear majority in every group.
bridging-divides = One group for, another not
bridging-divides-none = No proposal clearly has a majority in one group and not in another.
bridging-strip = Share that agrees: { $name }
bridging-table = Share that agrees, by group

audiences-heading = The audiences, side by side
audiences-story = Each audience weighs the same here, whatever its size. An audience with fewer than five voters on a proposal is not shown.
audiences-leading = On the leading proposals
audiences-apart = Where they differ most
audiences-table = Share of each answer, by audience

weighting-heading = Weighted to the population
weighting-story = These { $count } participants do not mirror the population. Beside the raw figures, their answers are weighted so that they do; the weighted figures are as sure as those of { $effective } participants. Participants who did not say who they are: { $undeclared }; they are left out of the weighted figures.
weighting-margins = Who took part, and whom they stand for
weighting-population = Population
weighting-achieved = After weighting
weighting-raw = Agree, raw
weighting-weighted = Agree, weighted
weighting-strip = Agree: { $raw } raw, { $weighted } weighted
weighting-table = Share that agrees, raw and weighted

shortlist-heading = For the workshops
shortlist-of-consensus = { $count ->
    [one] Chosen from { $count } proposal that unites, so that as many participants as possible find an idea they agree with.
   *[other] Chosen from { $count } proposals that unite, so that as many participants as possible find an idea they agree with.
}
shortlist-of-leading = Too few proposals unite: the list is chosen from the { $count } with the highest agreement, so that as many participants as possible find an idea they agree with.
shortlist-left-out = Of the { $count } participants with five votes or more on these candidates, { $left } agree with none of the list; with a plain list of the highest agreement it would be { $plain }.
shortlist-justified = Checked: no { $count } participants who agree on one of the candidates are left without any idea on the list.
shortlist-before = Already represented
shortlist-new = Added by this idea
shortlist-left = Not represented yet
shortlist-represented = Represented so far
shortlist-bar = { $represented } of the participants represented, { $new } of them added by this idea
shortlist-table = The list, with whom each idea represents
why-supporters = { $count ->
    [one] { $count } participant agrees; agreeing with nothing above: { $new }.
   *[other] { $count } participants agree; of these, agreeing with nothing above: { $new }.
}
why-claim = It answers { $count } like-minded participants to whom { $level } ideas of the list are due.
why-claim-first = It answers { $count } like-minded participants who had no idea on the list yet.

coverage-heading = Did every proposal get its chance?
coverage-story = { $covered } of the proposals have { $least } votes or more; half of them have at least { $middle }.
coverage-gini = Evenness of the votes (Gini coefficient): { $gini }, where 0 means as many votes for every proposal and 1 all votes for one.
coverage-shown = Cards were shown { $count } times; evenness of what was shown: { $gini }.
coverage-answered = { $share } of the cards shown were answered.
coverage-title = Proposals by number of votes
coverage-reading = Number of proposals, by the votes they received; the pale columns have fewer than 30.
coverage-axis = Votes on a proposal

method-document = Every formula, with its reasons and sources, stands in the document METHOD.md that comes with the software.
recompute-heading = Check it yourself
downloads-heading = Take the figures with you
downloads-story = These files lie in the same folder as this page: the whole report as data, every proposal as a table, and the list for the workshops.

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

## The widget of partner sites

widget-new-window = (new window)
widget-open = Open the consultation
widget-continue = Continue on the consultation’s site
widget-done-text = Your votes are recorded. On the consultation’s own site you can also propose an idea and follow the results: your votes come with you.
widget-offline = No connection: your answer has not been sent. Try again in a moment.
widget-not-offered-title = This consultation takes place on its own site
widget-not-offered-text = Its organizers have not set up voting from other pages.

## Where I stand

stand-title = Where do I stand?
stand-invitation = Where do you stand? Your votes beside those of others
stand-everybody = All participants
stand-you = You
stand-too-few = { $count ->
    [one] { $count } more vote and you will know where you stand.
   *[other] { $count } more votes and you will know where you stand.
} The results already count { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} of yours.
stand-nearest = You vote much as { $name } does: you are on the same side as its majority on { $same } of the { $count } proposals compared ({ $share }).
stand-no-groups = The votes show no opinion groups to compare you with.
stand-beside-everybody = You are on the same side as the majority of all participants on { $same } of the { $count } proposals where one can tell ({ $share }).
stand-map-title = Your place on the map of opinions
stand-map-description = Your place is nearest to the centre of { $name }.
stand-table = Your votes beside those of others
stand-with = With
stand-share = On the same side
stand-of = Proposals
stand-figure = { $same } of { $count }
stand-nearest-tag = nearest
stand-method = Compared are the proposals where you said “agree” or “disagree” and a majority did too. This is computed when you open this page, from the latest report; nothing of it is kept.
stand-results = See all results
stand-awaited-title = A little patience
stand-awaited-text = Your votes can be compared with those of others as soon as results are public.
