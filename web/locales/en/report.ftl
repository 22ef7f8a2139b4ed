# The words of a report, in English. One message a line; variables stand between braces.

## Results

results-title = Results
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
settled-by = { $count ->
    [one] { $count } more vote would probably settle it
   *[other] { $count } more votes would probably settle it
}
chart-title = Votes on proposal no. { $name }
chart-row = { $name }: { $share }, { $votes } votes.
figures-summary = The figures
figures-all = { $count ->
    [one] The proposal and its figures
   *[other] The { $count } proposals and their figures
}
figures-proposal-audience = Proposal and audience
figures-channel = Channel
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
method-calibrated = A proposal is said to unite, to divide or to be rejected only if the votes show it with a high probability. All others stay open. The intervals follow the number of votes: the fewer there are, the wider they get.
method-make-org = Proposals are sorted by the method of Make.org: its zones depend on the shares of votes and take no account of uncertainty.
method-polis = Proposals are analysed by the method of Polis, which first looks for groups of participants who vote alike.

## The report's parts

overview-heading = In short
contents-label = In this report
contents-findings = What unites, what divides
contents-back = Contents
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
shortlist-others = { $count ->
    [one] Show the other idea
   *[other] Show the { $count } other ideas
}
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
outlook-heading = What may still change
outlook-open = What more votes would settle
outlook-open-story = { $count ->
    [one] { $count } proposal is still open. How probably it would be settled if it got so many more votes:
   *[other] { $count } proposals are still open. Share of them that would be settled if each got so many more votes:
}
outlook-step = With { $count } more votes on each, { $share } would be settled
outlook-reading = If the votes to come are like those received. What would not be settled lies on the border between two labels: more votes would not change that.
outlook-settles = { $count ->
    [one] { $count } more vote would settle it, with a probability of { $chance }.
   *[other] { $count } more votes would settle it, with a probability of { $chance }.
}
outlook-further = More votes
outlook-chance = Probability of settling
outlook-open-table = The proposals that the fewest votes would settle
outlook-claimed = The labels that hang by a thread
outlook-claimed-story = { $count ->
    [one] The report gives { $count } label. How many ballots of one answer, added or removed, would be enough to undo it:
   *[other] The report gives { $count } labels. How many ballots of one answer, added or removed, would be enough to undo each:
}
outlook-thread = { $few } ballots or fewer: { $count }
outlook-some = up to { $some }: { $count }
outlook-firm = more than { $some }: { $count }
outlook-undone = What would undo it
outlook-undone-by-more = { $count ->
    [one] One more vote “{ $choice }” would undo it.
   *[other] { $count } more votes “{ $choice }” would undo it.
}
outlook-undone-by-fewer = { $count ->
    [one] One vote “{ $choice }” fewer would undo it.
   *[other] { $count } votes “{ $choice }” fewer would undo it.
}
outlook-claimed-table = The labels that the fewest ballots would undo

integrity-heading = Votes worth a second look
integrity-none = We looked for minutes in which many more people vote than around them, for people whose votes are all but the same, and for channels that answer unlike the others. Nothing was found.
integrity-story = These signs are told, never applied: no figure of this report leaves a vote out. A sign is no proof: a poster in a hall, a leaflet or a meeting explains it too.
integrity-ballots = { $count ->
    [one] { $count } vote is concerned, { $share } of all.
   *[other] { $count } votes are concerned, { $share } of all.
}
integrity-labels-hold = Without these votes every label would be the same.
integrity-labels-change = { $count ->
    [one] Without these votes { $count } label would be another.
   *[other] Without these votes { $count } labels would be others.
}
integrity-relabelled = The labels, with and without these votes
integrity-arrow = Without these votes:
integrity-label = Label
integrity-without = Without these votes
integrity-bursts = Many votes at once
integrity-bursts-story = The minutes in which many more people voted than in the hour before and after.
integrity-burst = { $when }: { $count } people voted, { $usual } would be usual
integrity-when = When
integrity-minutes = Minutes
integrity-usual = Usual
integrity-more = On top
integrity-alike = Votes that are all but the same
integrity-alike-set = { $count } people gave all but exactly the same answers, { $votes } votes or more each. Of the { $same } who voted on these proposals, chance would make it { $expected } among people of one mind.
integrity-votes-least = Votes of each, at least
integrity-same = Voted on the same proposals
integrity-expected = By chance
integrity-channels = Channels that answer otherwise
integrity-channels-story = The channel is the way a vote came in. Different people often take different channels.
integrity-others-agree = Agree, other channels
integrity-others-neutral = Neutral, other channels
integrity-others-disagree = Disagree, other channels
channel-sequence = Card by card
channel-explore = While exploring
channel-widget = On another site
channel-assisted = Paper or phone
channel-import = Imported
channel-link = From a link to one proposal
channel-room = In a workshop
channel-others = All others

method-document = Every formula, with its reasons and sources, stands in the document METHOD.md that comes with the software.
downloads-heading = Downloads and how to recompute
file-json = the whole report, as data
file-html = the report as one page, to keep or to print
file-proposals = every proposal with its figures, as a table
file-shortlist = the list for the workshops, as a table
file-workbook = the same list, for a spreadsheet
recompute-heading = Do the calculation again
recompute-data = Take the consultation’s open data, which the organisers publish. The command that writes them:
recompute-analyse = Make the same analysis, then compare it with report.json:
recompute-compare = Only the line that names the consultation may differ and, while it is open, how often cards were shown. All the rest is the same to the letter if the digest of your data is this one:
recompute-method = Method
recompute-seed = Seed of the draws
recompute-position = Position in the ledger
recompute-digest = Digest of the data
