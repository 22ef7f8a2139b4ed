# Les textes du cadre de toutes les pages, en français. Un message par ligne ; les variables sont entre accolades.
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

## Réponses et nuances

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

## États d’une proposition

status-pending = En attente de lecture
status-published = Publiée
status-refused = Non publiée
status-withdrawn = Retirée

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
error-results-hidden-title = Les résultats ne sont pas encore publiés
error-results-hidden-advice = Les organisateurs les publieront sur la page des résultats. Vos votes sont enregistrés et vous pouvez les revoir à tout moment.
error-report-awaited-title = Le premier rapport se prépare
error-report-awaited-advice = Les votes sont enregistrés, mais aucun rapport n’a encore été calculé. Revenez un peu plus tard.
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
