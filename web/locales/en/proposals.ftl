# The words of proposals, in English. One message a line; variables stand between braces.

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
sort-relevance = Closest to the search
sort-new = Latest first
sort-fewest = Fewest votes first
sort-consensus = What unites first
sort-controversy = What divides first
