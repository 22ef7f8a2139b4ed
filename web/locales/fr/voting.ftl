# Les textes du vote, en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

## Voter

choices-label = Votre réponse
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

## Le module des sites partenaires

widget-new-window = (nouvelle fenêtre)
widget-open = Ouvrir la consultation
widget-continue = Continuer sur le site de la consultation
widget-done-text = Vos votes sont enregistrés. Sur le site de la consultation, vous pouvez aussi proposer une idée et suivre les résultats : vos votes vous y suivent.
widget-offline = Pas de connexion : votre réponse n’est pas partie. Réessayez dans un instant.
widget-not-offered-title = Cette consultation se passe sur son site
widget-not-offered-text = Ses organisateurs n’ont pas prévu que l’on y vote depuis d’autres pages.
