# Les textes de la page des résultats et de « où je me situe », en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

## Résultats

results-live = La consultation est en cours, les résultats peuvent encore changer.
results-hidden-title = Les résultats ne sont pas encore publiés
results-hidden-text = Les organisateurs les publieront ici. Vos votes sont enregistrés et vous pouvez les revoir à tout moment.
results-awaited-title = Le premier rapport se prépare
results-awaited-text = Les votes sont enregistrés, mais aucun rapport n’a encore été calculé. Revenez un peu plus tard.

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
