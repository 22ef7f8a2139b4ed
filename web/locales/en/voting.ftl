# The words of voting, in English. One message a line; variables stand between braces.

## Voting

choices-label = Your answer
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

## The widget of partner sites

widget-new-window = (new window)
widget-open = Open the consultation
widget-continue = Continue on the consultation’s site
widget-done-text = Your votes are recorded. On the consultation’s own site you can also propose an idea and follow the results: your votes come with you.
widget-offline = No connection: your answer has not been sent. Try again in a moment.
widget-not-offered-title = This consultation takes place on its own site
widget-not-offered-text = Its organizers have not set up voting from other pages.
