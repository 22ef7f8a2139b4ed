# The words of the results page and “where I stand”, in English. One message a line; variables stand between braces.

## Results

results-live = The consultation is under way and results may still change.
results-hidden-title = The results are not published yet
results-hidden-text = The organisers will publish them here. Your votes are recorded and you can review them at any time.
results-awaited-title = The first report is being prepared
results-awaited-text = The votes are recorded but no report has been computed yet. Please come back a little later.

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
