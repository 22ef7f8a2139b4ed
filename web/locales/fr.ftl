# Les textes des pages en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

product = Grand Dialogue
language-own-name = Français
language-for-networks = fr_FR
skip-to-content = Aller au contenu
footer-privacy = Aucun compte, aucun traceur : seulement les cookies strictement nécessaires, pour retrouver vos votes et votre langue.
footer-software = Grand Dialogue est un logiciel libre : chacun peut vérifier comment les votes sont comptés.

## Nombres et dates

percent = { $value } %
percent-interval = { $low } à { $high } %
percent-with-interval = { $share } ({ $interval })
count-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
count-proposals = { $count ->
    [one] { $count } proposition
   *[other] { $count } propositions
}
count-participants = { $count ->
    [one] { $count } participant
   *[other] { $count } participants
}
figure-votes = Votes
figure-proposals = Propositions
figure-participants = Participants
date-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
date-minute = { $day }, { $hour } h { $minute } ({ $zone })
open-until = Ouvert jusqu’au
from-date = À partir du

## Navigation

nav-label = Consultation
nav-landing = Question
nav-vote = Voter
nav-propose = Proposer
nav-explore = Explorer
nav-votes = Ma participation
nav-results = Résultats
back-home = Voir les consultations
back-to-consultation = Revenir à la consultation

## Phases

phase-draft = En préparation
phase-consultation = Consultation
phase-consultation-story = Chacun propose ses idées et vote sur celles des autres.
phase-workshops = Ateliers
phase-workshops-story = Les idées qui se dégagent deviennent des projets, avec des participants volontaires.
phase-concertation = Concertation
phase-concertation-story = Les projets reviennent vers vous : vous les commentez et vous votez à nouveau.
phase-closed = Bilan
phase-closed-story = Les résultats et les suites données sont publiés, et tout reste consultable.

## Accueil

home-title = Votre avis compte : quelques minutes suffisent
home-lead = Répondez aux questions ouvertes des organismes publics : votez sur les idées des autres, proposez les vôtres.
home-empty = Aucune consultation n’est ouverte pour l’instant. Revenez bientôt.

## Page de la consultation

landing-vote = Donner mon avis
landing-propose = Proposer une idée
landing-said = Ce que l’on propose
landing-explore = Parcourir toutes les propositions
landing-effort = Quelques minutes suffisent, sans compte.
landing-not-open = Les votes et les propositions ne sont pas ouverts en ce moment.
landing-see-results = Voir les résultats
landing-why = Pourquoi cette question
landing-how = Comment participer
landing-how-vote = Lisez une proposition à la fois et répondez : d’accord, pas d’accord ou neutre.
landing-how-propose = Une idée manque ? Écrivez-la en { $count } caractères au plus.
landing-how-account = Ni compte ni adresse électronique. Vous pouvez changer ou retirer vos votes à tout moment de la consultation.
landing-steps = Ce que deviennent vos réponses
landing-my-votes = Revoir ma participation

## Règles de modération

rules-title = Ce qui est publié
rules-before = Un modérateur lit chaque proposition avant sa publication, quelle que soit l’opinion exprimée.
rules-after = Les propositions sont publiées aussitôt ; un modérateur les lit ensuite, quelle que soit l’opinion exprimée.
rules-answer = Elle répond à la question par quelque chose que l’on peut faire.
rules-respect = Elle n’insulte et ne discrimine personne.
rules-private = Elle ne nomme aucun particulier et ne donne aucune information personnelle.
rules-advertising = Elle ne vend rien et ne fait campagne pour aucun candidat.

## Voter

choices-label = Votre réponse
choice-agree = D’accord
choice-disagree = Pas d’accord
choice-neutral = Neutre
qualification-like-it = Coup de cœur
qualification-doable = Réaliste
qualification-platitude-agree = Évident, déjà entendu
qualification-no-way = Surtout pas
qualification-impossible = Irréalisable
qualification-platitude-disagree = Déjà trop entendu
qualification-not-understood = Je ne comprends pas
qualification-no-opinion = Sans opinion
qualification-do-not-care = Cela m’est égal
proposal-number = Proposition n° { $name }
vote-title = Voter
vote-title-answered = Réponse enregistrée : { $name }
vote-progress = Proposition { $place } sur { $length }
vote-skip = Passer sans répondre
vote-keys = Au clavier : ← pas d’accord, ↓ neutre, → d’accord.
vote-keys-answered = Au clavier : → proposition suivante, U pour annuler.
vote-answer = Vous : { $name }
vote-nuances = Voulez-vous préciser ? (facultatif)
vote-totals = Les réponses de tous
vote-next = Continuer
vote-undo = Annuler
vote-undo-what = ce vote
vote-done-title = Merci, votre série est terminée
vote-done-text = Vos votes sont enregistrés. D’autres propositions attendent votre avis, et la vôtre manque peut-être encore.
vote-done-continue = Continuer à voter
vote-leave = Quitter : retour à la question
vote-kept = Enregistré
vote-offline = Pas de connexion. Vos réponses sont gardées sur cet appareil et partiront dès son retour.
vote-lost = Une réponse n’a pas pu être enregistrée : sa proposition n’est plus ouverte aux votes.
share-invitation = Votez sur les propositions des autres et ajoutez la vôtre : quelques minutes, sans compte.
share-proposal = Êtes-vous d’accord avec cette proposition ? Elle répond à la question :
share-by-mail = Partager cette page
share-copied = Adresse copiée
invitation-title = Et vous, que proposez-vous ?
invitation-text = Une phrase de { $count } caractères au plus suffit. Tout le monde pourra voter dessus.
vote-empty-title = Vous avez voté sur toutes les propositions
vote-empty-text = Merci ! De nouvelles propositions arrivent chaque jour : revenez, ou ajoutez la vôtre.
vote-closed-title = Les votes ne sont pas ouverts
vote-closed-text = Cette consultation n’accepte pas de votes en ce moment. Ceux que vous avez donnés restent comptés.
notice-card-expired = Cette carte était affichée depuis trop longtemps : votre réponse n’a pas été enregistrée. Vous pouvez répondre à nouveau.
notice-proposal-gone = Cette proposition n’est plus publiée : votre réponse n’a pas été enregistrée. En voici une autre.
notice-answer-not-understood = Votre réponse n’a pas été comprise et n’a pas été enregistrée. Choisissez l’une des trois réponses.
notice-retracted = Votre vote est annulé. Vous pouvez répondre à nouveau.
audience-question = À quel public appartenez-vous ?
audience-why = Pour comparer à égalité les avis de chaque public. Une seule question, et vous pouvez ne pas répondre.
audience-not-said = Je préfère ne pas le dire
questions-title = Quelques mots sur vous
questions-why = Pour savoir qui s’exprime et comparer les avis. Chaque réponse est facultative, se change et s’efface dans « Ma participation » ; une combinaison de réponses que moins de cinq personnes partagent n’est jamais publiée.
questions-not-said = Je préfère ne pas le dire
questions-send = Continuer

## Proposer

propose-title = Proposer une idée
propose-label = Votre proposition
propose-help = Une seule idée, en { $count } caractères au plus. Elle sera soumise au vote de tous.
propose-error-empty = La proposition est vide : écrivez une phrase de 1 à { $count } caractères.
propose-error-too-long = { $count ->
    [one] La proposition compte { $length } caractères, pour { $max } au plus : raccourcissez-la de { $count } caractère.
   *[other] La proposition compte { $length } caractères, pour { $max } au plus : raccourcissez-la de { $count } caractères.
}
propose-left = Caractères restants :
propose-over = Caractères en trop :
propose-similar = Votre idée est peut-être déjà là
propose-similar-help = Ces propositions publiées disent presque la même chose. Votez pour l’une d’elles, ou envoyez la vôtre si elle apporte autre chose.
propose-send = Envoyer ma proposition
propose-send-anyway = Envoyer quand même
propose-vote-for = Voter dessus
propose-advice = Pour être bien compris
propose-advice-one = Proposez une action concrète, que quelqu’un peut décider.
propose-advice-two = Une idée par proposition : chacun doit pouvoir répondre d’accord ou pas d’accord.
propose-advice-three = Ne citez personne et n’écrivez rien de privé.
propose-closed-title = Les propositions ne sont pas ouvertes
propose-closed-text = Cette consultation n’accepte pas de propositions en ce moment.
proposed-title = Merci, votre proposition est enregistrée
proposed-next = Et maintenant ?
proposed-next-pending = Un modérateur va la lire. Elle sera publiée si elle suit les règles de modération, puis soumise au vote de tous.
proposed-next-published = Elle est publiée : les autres participants peuvent voter. Partagez sa page si vous le souhaitez.
proposed-next-refused = Un modérateur l’a lue et ne l’a pas publiée. Vous pouvez la corriger et l’envoyer à nouveau.
proposed-next-withdrawn = Elle a été retirée et n’est plus affichée.
proposed-correct = La corriger
proposed-see = Voir sa page
receipt-title = Ce que devient votre proposition
receipt-link = Votre lien privé
receipt-story = Gardez cette adresse : elle montre toujours ce que devient votre proposition, sans compte. Qui la possède peut lire cette page.
proposed-vote = Voter sur les autres idées
proposed-again = Proposer une autre idée
status-pending = En attente de lecture
status-published = Publiée
status-refused = Non publiée
status-withdrawn = Retirée

## Explorer

explore-title = Toutes les propositions
explore-words = Rechercher des mots
explore-theme = Thème
explore-every-theme = Tous les thèmes
explore-sort = Ordre
explore-show = Afficher
explore-found = { $count ->
    [one] { $count } proposition trouvée
   *[other] { $count } propositions trouvées
}
explore-nothing = Aucune proposition ne correspond. Essayez moins de mots ou un autre thème.
explore-next = Autres propositions
sort-new = Les plus récentes
sort-fewest = Les moins votées
sort-consensus = Ce qui rassemble d’abord
sort-controversy = Ce qui divise d’abord

## Mes votes

votes-title = Ma participation
votes-list = Mes votes
votes-proposals = Mes propositions
votes-no-proposals = Vous n’avez encore rien proposé.
votes-data = Mes données
votes-data-story = Personne ne connaît votre nom : votre participation tient à un cookie de ce navigateur.
votes-download = Télécharger mes données
votes-erase = Effacer ma participation
votes-lead = { $count ->
    [one] Vous avez voté sur { $count } proposition. Vous pouvez changer d’avis.
   *[other] Vous avez voté sur { $count } propositions. Vous pouvez changer d’avis.
}
votes-empty = Vous n’avez pas encore voté.
votes-closed = Les votes ne sont pas ouverts en ce moment : ceux-ci ne peuvent plus être changés.
votes-not-published = Cette proposition n’est plus publiée : votre vote n’entre pas dans les résultats.
votes-change = Changer ou retirer
votes-retract = Retirer mon vote
votes-of-proposal = de la proposition n° { $name }
votes-pages = Autres votes
votes-later = Votes plus récents
votes-earlier = Votes plus anciens
device-title = Continuer sur un autre appareil
device-link = Ouvrez cette adresse sur l’autre appareil
device-story = Elle y emmène votre participation : vos votes et vos propositions. Elle sert une seule fois.
device-until = Valable jusqu’au
device-secret = Gardez-la pour vous : qui l’ouvre vote à votre place.
device-ask = Vos votes et vos propositions de l’autre appareil continueront ici.
device-replaces = Ce navigateur a déjà une participation. Ce qu’elle a dit reste compté, mais vous ne pourrez plus le revoir ni le changer ici.
device-accept = Continuer ici
device-decline = Ne rien changer
device-expired-title = Ce lien ne fonctionne plus
device-expired-text = Il a déjà servi ou il est trop ancien. Créez-en un autre sur le premier appareil, dans « Ma participation ».

erase-title = Effacer ma participation
erase-votes = Vos votes dans cette consultation sont retirés et ne comptent plus.
erase-votes-closed = Les votes ne sont pas ouverts : ceux que vous avez donnés restent dans les résultats, sans plus rien qui mène à vous.
erase-answers = Vos réponses aux questions sur vous sont effacées.
erase-proposals = Vos propositions restent, mais plus rien ne montre qu’elles sont de vous. Leurs liens privés fonctionnent toujours : gardez-les ou jetez-les.
erase-cookie = Le cookie qui mène à vous est supprimé. C’est définitif.
erase-do = Effacer définitivement
erase-cancel = Tout garder
erase-done-title = C’est effacé
erase-done-text = Plus rien dans ce navigateur ne mène à votre participation.

## Résultats

results-title = Résultats
results-live = La consultation est en cours, les résultats peuvent encore changer.
results-as-of = Votes comptés jusqu’au
results-reading = Chaque marque donne la part estimée d’une réponse ; avec peu de votes, elle reste proche d’un tiers. Le trait qui la traverse montre où se situerait cette part, avec 95 % de chances, si beaucoup plus de personnes semblables avaient voté.
results-nothing = Aucune proposition à ce jour.
results-shown = { $shown } propositions affichées sur { $total } ; toutes figurent dans les données du rapport.
label-consensus-name = Consensus
label-consensus-title = Ce qui rassemble
label-consensus-story = Au moins deux fois plus de personnes sont d’accord que pas d’accord, et moins d’une sur quatre n’est pas d’accord.
label-consensus-count = { $count ->
    [one] idée rassemble
   *[other] idées rassemblent
}
label-controversy-name = Controverse
label-controversy-title = Ce qui divise
label-controversy-story = Au moins une personne sur quatre est d’accord, au moins une sur quatre ne l’est pas, et aucun camp ne l’emporte nettement : le sujet mérite un débat.
label-controversy-count = { $count ->
    [one] idée divise
   *[other] idées divisent
}
label-rejection-name = Rejet
label-rejection-title = Ce qui est rejeté
label-rejection-story = Au moins deux fois plus de personnes ne sont pas d’accord que d’accord, et moins d’une sur quatre est d’accord.
label-rejection-count = { $count ->
    [one] idée est rejetée
   *[other] idées sont rejetées
}
label-indifference-name = Indifférence
label-indifference-title = Ce qui laisse indifférent
label-indifference-story = Au moins quatre personnes sur dix restent neutres, et aucun camp n’atteint six sur dix.
label-indifference-count = { $count ->
    [one] idée laisse indifférent
   *[other] idées laissent indifférent
}
label-mixed-name = Mitigé
label-mixed-title = Ce qui reste nuancé
label-mixed-story = Un camp est en tête, mais l’idée ne rassemble pas, ne divise pas et n’est pas rejetée nettement.
label-mixed-count = { $count ->
    [one] idée reste nuancée
   *[other] idées restent nuancées
}
label-undetermined-name = Ouvert
label-undetermined-title = Ce qui reste ouvert
label-undetermined-story = Les votes reçus ne permettent pas de conclure : ils sont trop peu nombreux, ou à la limite entre deux catégories.
label-undetermined-count = { $count ->
    [one] idée reste ouverte
   *[other] idées restent ouvertes
}
zone-consensus-story = Environ six personnes sur dix ou plus sont d’accord, ou peu ne sont pas d’accord et moins de quatre sur dix sont neutres.
zone-controversy-story = La proposition n’entre dans aucune des autres zones.
zone-rejection-story = Environ six personnes sur dix ou plus ne sont pas d’accord, ou peu sont d’accord et moins de quatre sur dix sont neutres.
zone-indifference-story = Environ quatre personnes sur dix ou plus sont neutres.
zone-undetermined-story = Personne n’a encore voté sur ces propositions.
results-claims = { $count ->
    [one] Le rapport classe { $count } proposition ; en moyenne, il s’attend à ce qu’au plus { $wrong } de ces classements soit erroné.
   *[other] Le rapport classe { $count } propositions ; en moyenne, il s’attend à ce qu’au plus { $wrong } de ces classements soient erronés.
}
confidence-almost-certain = presque certain
confidence-very-likely = très probable
confidence-likely = probable
confidence-rather-likely = plutôt probable
chart-title = Votes sur la proposition n° { $name }
chart-row = { $name } : { $share }, { $votes } votes.
figures-summary = Les chiffres
figures-audience = Public
results-method = Comment lire ces résultats
results-limits = Ce que ces données ne disent pas
limit-chose-themselves = Les participants se sont choisis eux-mêmes : les chiffres décrivent le public dont ils sont un échantillon, pas toute la population.
limit-browsers = Un participant est un navigateur, pas une personne vérifiée : une personne a pu voter depuis deux appareils, et deux personnes depuis un seul.
limit-not-everything-seen = Chacun n’a pas vu toutes les propositions : chaque part est celle des participants qui ont voté sur la proposition.
limit-independent = Les votes sont traités comme indépendants : les intervalles ne voient pas une campagne qui envoie ses partisans.
limit-why = Un vote ne dit pas pourquoi : neutre peut vouloir dire sans avis, pas compris ou sans importance.
limits-of-the-report = Toutes les limites énoncées par le rapport, en anglais
finding-opposed-by = Y sont plutôt opposés : { $name }.
finding-not-shared-by = Ne le partagent pas : { $name }.
finding-too-few = Trop peu de votes pour le dire : { $name }.
results-recompute = Chacun peut refaire ces calculs à partir des données ouvertes de la consultation et obtenir le même rapport.
results-digest = Empreinte des données analysées :
results-download = Télécharger le rapport (JSON)
method-calibrated = Une proposition n’est annoncée comme rassemblant, divisant ou rejetée que si les votes le montrent avec une forte probabilité. Toutes les autres restent ouvertes. Les intervalles tiennent compte du nombre de votes : moins il y en a, plus ils sont larges.
method-make-org = Les propositions sont classées selon la méthode de Make.org : les zones dépendent des parts de votes et ne tiennent pas compte de l’incertitude.
method-polis = Les propositions sont analysées selon la méthode de Polis, qui cherche d’abord les groupes de participants votant de la même façon.
method-other = Les propositions sont classées selon une méthode particulière, décrite dans les données du rapport.
results-hidden-title = Les résultats ne sont pas encore publiés
results-hidden-text = Les organisateurs les publieront ici. Vos votes sont enregistrés et vous pouvez les revoir à tout moment.
results-awaited-title = Le premier rapport se prépare
results-awaited-text = Les votes sont enregistrés, mais aucun rapport n’a encore été calculé. Revenez un peu plus tard.

## Ce que la loi demande

notice-privacy = Données personnelles et cookies
notice-accessibility = Déclaration d’accessibilité
notice-legal = Mentions légales
privacy-lead = Vous participez sans compte, sans nom et sans adresse électronique. Cette page dit ce qui est gardé quand même.
privacy-kept = Ce qui est gardé
privacy-kept-votes = Vos votes : la proposition, votre réponse et l’heure, sous un numéro tiré au hasard.
privacy-kept-proposals = Vos propositions : leur texte et l’heure, sous le même numéro. Elles sont publiques une fois publiées.
privacy-kept-audience = Le public que vous dites représenter, si vous choisissez de le dire.
privacy-kept-answers = Vos réponses aux questions sur vous, si vous en donnez. Une combinaison de réponses que moins de cinq personnes partagent n’est jamais publiée.
privacy-not-kept = L’adresse de votre connexion sert seulement à freiner les envois en masse : elle n’est jamais gardée avec vos votes.
privacy-cookies = Cookies
privacy-cookies-story = Il n’y a que ceux sans lesquels le service ne marcherait pas, c’est pourquoi aucun bandeau ne vous les demande. Ils ne servent à rien d’autre et personne d’autre ne les lit.
privacy-cookie-participant = porte votre numéro, signé, pendant 13 mois, pour que vos votes comptent une seule fois et que vous les retrouviez.
privacy-cookie-widget = tient le même rôle dans les pages des sites partenaires où vous votez, pour cette page seulement.
privacy-cookie-language = retient la langue que vous avez choisie, pendant 13 mois.
privacy-outbox = Votre navigateur garde vos réponses quelques secondes, le temps qu’elles arrivent, et plus longtemps si le réseau manque.
privacy-yours = Vos données sont à vous
privacy-yours-story = Revoyez vos votes, changez-les, téléchargez tout ou effacez tout quand vous voulez, sans rien demander à personne :
privacy-who = Qui en répond
privacy-who-story = { $name } organise cette consultation et répond de ces données. Adressez-lui vos questions et vos demandes, ou adressez-vous à l’autorité de protection des données de votre pays (en France, la CNIL).
accessibility-pledge = { $name } s’engage à rendre ce service accessible à toutes et à tous, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005. Cette déclaration s’applique aux pages de cette consultation.
accessibility-state = État de conformité
accessibility-state-story = Aucun audit de ce service n’a encore été publié : il est donc déclaré non conforme au RGAA 4.1, et aucun taux de conformité n’est annoncé. Il est conçu pour le clavier, les lecteurs d’écran, un zoom de 200 % et les navigateurs sans scripts, et vérifié par des tests automatiques à chaque version.
accessibility-made = Établissement de cette déclaration
accessibility-made-story = Technologies : HTML, CSS, SVG ; JavaScript est facultatif. Outils des tests automatiques : axe-core et html-validate, dans Chromium.
accessibility-contact = Retour d’information et contact
accessibility-contact-story = Si une page vous résiste, dites-le à { $name } : vous serez orienté vers une forme accessible ou recevrez le contenu autrement.
accessibility-recourse = Voies de recours
accessibility-recourse-story = Si vous avez signalé un défaut qui vous empêche de participer et n’avez pas reçu de réponse satisfaisante, vous pouvez saisir le Défenseur des droits (defenseurdesdroits.fr, 09 69 39 00 00).
legal-publisher = Éditeur
legal-host = Hébergeur
legal-host-story = L’organisation ci-dessus indique sur demande qui héberge ce service.
legal-software = Logiciel

## Les parties du rapport

overview-heading = En bref
contents-label = Dans ce rapport
contents-findings = Ce qui rassemble, ce qui divise
proposal-short = N° { $name }
figure-agree = { $share } d’accord
figure-disagree = { $share } pas d’accord
figure-neutral = { $share } neutres
figure-both = { $agree } d’accord, { $disagree } pas d’accord
figures-label = Étiquette
figures-part = Part
figures-proposal = Proposition
figures-group = Groupe
figures-traits = Ce qui le distingue
figures-voters = Votants
figures-supporters = Soutiens
figures-opponents = Opposants
stack-title = { $name } : { $agree } d’accord, { $neutral } neutres, { $disagree } pas d’accord

triangle-heading = Où se situe chaque proposition
triangle-title = Les propositions entre d’accord, pas d’accord et neutre
triangle-story = Plus une proposition est à droite, plus on est d’accord avec elle ; plus elle est à gauche, moins on l’est ; plus elle est haute, plus on reste neutre. Les zones teintées sont les frontières des étiquettes ; une proposition n’en reçoit une que si ses votes laissent peu de doute.
triangle-description = Chaque marque est une proposition, placée selon la part de chaque réponse. { $name }. Les premières sont numérotées et listées à côté du dessin.
triangle-pointed-out = Numérotées sur le dessin
triangle-gathered = Chaque marque réunit des propositions très proches ; la plus grande en réunit { $count }.
triangle-not-drawn = { $count ->
    [one] { $count } proposition sans vote n’est pas dessinée.
   *[other] { $count } propositions sans vote ne sont pas dessinées.
}
triangle-table = Les propositions par étiquette, avec la part médiane de chaque réponse

ideas-heading = La même idée, dite plusieurs fois
ideas-story = { $count ->
    [one] { $count } groupe de propositions presque identiques a été trouvé. Son soutien se compte en personnes : qui approuve plusieurs de ses propositions compte une fois.
   *[other] { $count } groupes de propositions presque identiques ont été trouvés. Leur soutien se compte en personnes : qui approuve plusieurs propositions d’un groupe compte une fois.
}
ideas-table = Les idées les plus soutenues
ideas-cut = Les { $count } idées les plus soutenues sont montrées ; toutes sont dans les données du rapport.
idea-proposals = { $count ->
    [one] { $count } proposition
   *[other] { $count } propositions
}
idea-numbers = N° { $name }
idea-supporters = Soutiens : { $name }
idea-bar = { $agree } la soutiennent, { $disagree } s’y opposent seulement, { $neutral } ni l’un ni l’autre

groups-heading = Les groupes d’opinion
groups-story = Ces participants répondent de façon semblable. Personne n’a déclaré de groupe : les groupes viennent des seuls votes.
groups-given = Les groupes ont été donnés avec les votes : { $count } participants en ont un.
groups-found = Trouvés parmi les { $count } participants qui ont voté sur au moins { $votes } propositions.
groups-close = Les groupes sont proches : leur frontière traverse un nuage de personnes plutôt qu’elle ne sépare deux nuages.
groups-surplus = { $count ->
    [one] Un groupe plus petit n’est que dans les données du rapport.
   *[other] { $count } groupes plus petits ne sont que dans les données du rapport.
}
groups-no-structure = Aucun groupe n’est montré : les votes n’ont pas de structure. Ce que l’on répond à une proposition n’en dit pas plus sur les autres réponses que si l’on avait mélangé les votes ({ $share } de la variance dans la direction la plus forte, { $shuffled } dans des votes mélangés).
groups-none = Aucun groupe n’est montré : les votes ne partagent pas les participants en groupes assez grands pour être distingués.
group-name = Groupe { $name }
groups-table = Les groupes et les propositions qui les distinguent
map-title = Carte des participants selon leur façon de voter
map-description = Plus une marque est grande, plus de participants y votent de façon semblable. { $name }.
map-reading = Deux personnes sont proches quand elles votent de façon semblable. Plus une marque est grande, plus elle réunit de personnes, jamais moins de cinq. Les directions n’ont pas de nom.
map-not-shown = { $count ->
    [one] { $count } participant à l’écart des autres n’est pas dessiné.
   *[other] { $count } participants à l’écart des autres ne sont pas dessinés.
}
trait-agree = { $here } d’accord, { $elsewhere } ailleurs
trait-disagree = { $here } pas d’accord, { $elsewhere } ailleurs
trait-agree-alone = { $here } d’accord
trait-disagree-alone = { $here } pas d’accord

bridging-heading = Ce qui traverse les groupes
bridging-story = Part de chaque groupe qui est d’accord, avec son intervalle à 95 %. Une idée fait un pont quand une majorité est d’accord dans chaque groupe.
bridging-unites = D’accord dans chaque groupe
bridging-unites-none = Aucune proposition n’a de majorité nette dans chaque groupe.
bridging-divides = Un groupe pour, un autre non
bridging-divides-none = Aucune proposition n’a nettement la majorité dans un groupe et pas dans un autre.
bridging-strip = Part d’accord : { $name }
bridging-table = Part d’accord, par groupe

audiences-heading = Les publics, côte à côte
audiences-story = Chaque public pèse ici autant, quelle que soit sa taille. Un public qui compte moins de cinq votants sur une proposition n’est pas montré.
audiences-leading = Sur les premières propositions
audiences-apart = Là où ils s’écartent le plus
audiences-table = Part de chaque réponse, par public

weighting-heading = Redressé à la population
weighting-story = Ces { $count } participants ne ressemblent pas à la population. À côté des chiffres bruts, leurs réponses sont pondérées pour lui ressembler ; les chiffres redressés sont aussi sûrs que ceux de { $effective } participants. Participants qui n’ont pas dit qui ils sont : { $undeclared } ; ils ne comptent pas dans les chiffres redressés.
weighting-margins = Qui a participé, et qui ils représentent
weighting-population = Population
weighting-achieved = Après redressement
weighting-raw = D’accord, brut
weighting-weighted = D’accord, redressé
weighting-strip = D’accord : { $raw } brut, { $weighted } redressé
weighting-table = Part d’accord, brute et redressée

shortlist-heading = Pour les ateliers
shortlist-of-consensus = { $count ->
    [one] Choisies parmi { $count } proposition qui rassemble, pour que le plus de participants possible y trouvent une idée qu’ils approuvent.
   *[other] Choisies parmi { $count } propositions qui rassemblent, pour que le plus de participants possible y trouvent une idée qu’ils approuvent.
}
shortlist-of-leading = Trop peu de propositions rassemblent : la liste est choisie parmi les { $count } les plus approuvées, pour que le plus de participants possible y trouvent une idée qu’ils approuvent.
shortlist-left-out = Sur les { $count } participants ayant donné au moins cinq votes sur ces candidates, { $left } n’approuvent rien de la liste ; avec une simple liste des plus approuvées, ce serait { $plain }.
shortlist-justified = Vérifié : jamais { $count } participants d’accord sur une même candidate ne restent sans aucune idée dans la liste.
shortlist-before = Déjà représentés
shortlist-new = Ajoutés par cette idée
shortlist-left = Pas encore représentés
shortlist-represented = Représentés jusqu’ici
shortlist-bar = { $represented } des participants représentés, dont { $new } ajoutés par cette idée
shortlist-table = La liste, et qui chaque idée représente
why-supporters = { $count ->
    [one] { $count } participant est d’accord ; n’approuvant rien au-dessus : { $new }.
   *[other] { $count } participants sont d’accord ; parmi eux, n’approuvant rien au-dessus : { $new }.
}
why-claim = Elle répond à { $count } participants du même avis, à qui { $level } idées de la liste reviennent.
why-claim-first = Elle répond à { $count } participants du même avis, qui n’avaient encore aucune idée dans la liste.

coverage-heading = Chaque proposition a-t-elle eu sa chance ?
coverage-story = { $covered } des propositions ont au moins { $least } votes ; la moitié en ont au moins { $middle }.
coverage-gini = Répartition des votes (coefficient de Gini) : { $gini }, où 0 veut dire autant de votes pour chaque proposition et 1 tous les votes pour une seule.
coverage-shown = Les cartes ont été montrées { $count } fois ; répartition de ce qui a été montré : { $gini }.
coverage-answered = { $share } des cartes montrées ont reçu une réponse.
coverage-title = Les propositions par nombre de votes
coverage-reading = Nombre de propositions, selon les votes qu’elles ont reçus ; les colonnes pâles en ont moins de 30.
coverage-axis = Votes sur une proposition

method-document = Chaque formule, avec ses raisons et ses sources, est dans le document METHOD.md livré avec le logiciel.
recompute-heading = Vérifiez vous-même
downloads-heading = Emporter les chiffres
downloads-story = Ces fichiers sont dans le même dossier que cette page : le rapport entier en données, chaque proposition en tableau, et la liste pour les ateliers.

## Erreurs

error-prefix = Erreur :
error-status = Erreur { $name }
error-request = Si vous signalez ce problème, donnez ce numéro :
error-again = Afficher à nouveau
error-card-expired-title = Cette carte était affichée depuis trop longtemps
error-card-expired-advice = Votre réponse n’a pas été enregistrée. Affichez la page à nouveau, puis répondez : rien de ce que vous avez dit avant n’est perdu.
error-proposal-gone-title = Cette proposition n’est pas publiée
error-proposal-gone-advice = Elle ne l’est pas encore, ou ne l’est plus : on ne peut pas voter dessus. Vos autres votes restent enregistrés.
error-form-from-elsewhere-title = Ce formulaire n’a pas été envoyé depuis notre page
error-form-from-elsewhere-advice = Par prudence, rien n’a été enregistré. Ouvrez la consultation et recommencez depuis sa page.
error-400-title = Cette demande n’a pas été comprise
error-400-advice = L’adresse ou le formulaire est incomplet. Revenez en arrière, rechargez la page et réessayez.
error-401-title = Votre cookie n’est plus valable
error-401-advice = Il a été modifié ou vient d’un autre site. Nous l’avons retiré : rechargez la page et vous pourrez participer à nouveau.
error-403-title = Cette page n’est pas ouverte au public
error-403-advice = Les organisateurs ne l’ont pas publiée, ou elle demande une invitation.
error-404-title = Cette page n’existe pas
error-404-advice = L’adresse est peut-être mal copiée, ou la consultation a été retirée.
error-409-title = Ce n’est pas possible en ce moment
error-409-advice = La consultation n’est pas dans la phase qui le permet. Ses dates figurent sur sa page.
error-413-title = Votre envoi est trop volumineux
error-413-advice = Raccourcissez votre texte, puis envoyez-le à nouveau.
error-422-title = Cet envoi ne peut pas être enregistré
error-422-advice = Une des informations n’est pas acceptée. Revenez en arrière, corrigez-la et réessayez.
error-429-title = Vous allez un peu trop vite
error-429-advice = Trop de demandes viennent de votre connexion. Attendez une minute, puis réessayez : ce qui était enregistré l’est toujours.
error-500-title = Un problème est survenu de notre côté
error-500-advice = Réessayez dans quelques instants. Les votes déjà confirmés ne sont pas perdus.
error-503-title = Le service reprend son souffle
error-503-advice = Réessayez dans quelques instants. Répéter un vote est sans risque : il ne compte qu’une fois.

## Le module des sites partenaires

widget-new-window = (nouvelle fenêtre)
widget-open = Ouvrir la consultation
widget-continue = Continuer sur le site de la consultation
widget-done-text = Vos votes sont enregistrés. Sur le site de la consultation, vous pouvez aussi proposer une idée et suivre les résultats : vos votes vous y suivent.
widget-offline = Pas de connexion : votre réponse n’est pas partie. Réessayez dans un instant.
widget-not-offered-title = Cette consultation se passe sur son site
widget-not-offered-text = Ses organisateurs n’ont pas prévu que l’on y vote depuis d’autres pages.

## Où je me situe

stand-title = Où est-ce que je me situe ?
stand-invitation = Où vous situez-vous ? Vos votes à côté de ceux des autres
stand-everybody = L’ensemble des participants
stand-you = Vous
stand-too-few = { $count ->
    [one] Encore { $count } vote et vous saurez où vous vous situez.
   *[other] Encore { $count } votes et vous saurez où vous vous situez.
} Les résultats comptent déjà { $votes ->
    [one] { $votes } vote
   *[other] { $votes } votes
} de vous.
stand-nearest = Vous votez d’une façon proche du { $name } : vous êtes du même côté que sa majorité sur { $same } des { $count } propositions comparées ({ $share }).
stand-no-groups = Les votes ne dessinent pas de groupes d’opinion auxquels vous comparer.
stand-beside-everybody = Vous êtes du même côté que la majorité de tous les participants sur { $same } des { $count } propositions où l’on peut le dire ({ $share }).
stand-map-title = Votre place sur la carte des opinions
stand-map-description = Votre place est la plus proche du centre du { $name }.
stand-table = Vos votes à côté de ceux des autres
stand-with = Avec
stand-share = Du même côté
stand-of = Propositions
stand-figure = { $same } sur { $count }
stand-nearest-tag = le plus proche
stand-method = Sont comparées les propositions où vous avez dit « d’accord » ou « pas d’accord » et où une majorité l’a dit aussi. Ce calcul est fait quand vous ouvrez cette page, avec le dernier rapport ; rien n’en est gardé.
stand-results = Voir tous les résultats
stand-awaited-title = Il faut un peu de patience
stand-awaited-text = Vos votes pourront être comparés à ceux des autres dès que des résultats seront publics.
