# The words of a consultation’s pages, in English. One message a line; variables stand between braces.

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

## Sharing

share-invitation = Vote on other people’s proposals and add yours: a few minutes, no account.
share-proposal = Do you agree with this proposal? It answers the question:
share-by-mail = Share this page
share-copied = Address copied

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
