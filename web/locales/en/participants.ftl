# The words of the pages about a participant, in English. One message a line; variables stand between braces.

## Questions

audience-question = Which public do you belong to?
audience-why = So that every public’s views are compared on an equal footing. Asked once; you need not answer.
audience-not-said = I prefer not to say
questions-title = A few words about you
questions-why = To know who is speaking and to compare views. Every answer is optional, and can be changed and erased under “My participation”; a mix of answers that fewer than five people share is never published.
questions-not-said = I prefer not to say
questions-send = Continue

## Another device, erasure

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
