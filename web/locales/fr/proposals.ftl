# Les textes des propositions, en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

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
sort-relevance = Les plus proches de la recherche
sort-new = Les plus récentes
sort-fewest = Les moins votées
sort-consensus = Ce qui rassemble d’abord
sort-controversy = Ce qui divise d’abord
