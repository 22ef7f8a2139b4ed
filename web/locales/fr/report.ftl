# Les textes d’un rapport, en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

## Résultats

results-title = Résultats
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
settled-by = { $count ->
    [one] { $count } vote de plus trancherait sans doute
   *[other] { $count } votes de plus trancheraient sans doute
}
chart-title = Votes sur la proposition n° { $name }
chart-row = { $name } : { $share }, { $votes } votes.
figures-summary = Les chiffres
figures-all = { $count ->
    [one] La proposition et ses chiffres
   *[other] Les { $count } propositions et leurs chiffres
}
figures-proposal-audience = Proposition et public
figures-channel = Canal
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
method-calibrated = Une proposition n’est annoncée comme rassemblant, divisant ou rejetée que si les votes le montrent avec une forte probabilité. Toutes les autres restent ouvertes. Les intervalles tiennent compte du nombre de votes : moins il y en a, plus ils sont larges.
method-make-org = Les propositions sont classées selon la méthode de Make.org : les zones dépendent des parts de votes et ne tiennent pas compte de l’incertitude.
method-polis = Les propositions sont analysées selon la méthode de Polis, qui cherche d’abord les groupes de participants votant de la même façon.

## Les parties du rapport

overview-heading = En bref
contents-label = Dans ce rapport
contents-findings = Ce qui rassemble, ce qui divise
contents-back = Sommaire
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
shortlist-others = { $count ->
    [one] Voir l’autre idée
   *[other] Voir les { $count } autres idées
}
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
outlook-heading = Ce qui peut encore changer
outlook-open = Ce que plus de votes trancheraient
outlook-open-story = { $count ->
    [one] { $count } proposition reste ouverte. Part de chances qu’elle soit tranchée si elle recevait encore autant de votes :
   *[other] { $count } propositions restent ouvertes. Part d’entre elles qui serait tranchée si chacune recevait encore autant de votes :
}
outlook-step = Avec { $count } votes de plus sur chacune, { $share } seraient tranchées
outlook-reading = En supposant que les votes à venir ressemblent à ceux déjà reçus. Ce qui ne serait pas tranché est à la limite entre deux étiquettes : plus de votes n’y changeraient rien.
outlook-settles = { $count ->
    [one] { $count } vote de plus la trancherait, avec { $chance } de chances.
   *[other] { $count } votes de plus la trancheraient, avec { $chance } de chances.
}
outlook-further = Votes de plus
outlook-chance = Chances de trancher
outlook-open-table = Les propositions que le moins de votes trancheraient
outlook-claimed = Les étiquettes qui tiennent à peu
outlook-claimed-story = { $count ->
    [one] Le rapport donne { $count } étiquette. Combien de bulletins d’une même réponse, ajoutés ou retirés, suffiraient à la défaire :
   *[other] Le rapport donne { $count } étiquettes. Combien de bulletins d’une même réponse, ajoutés ou retirés, suffiraient à défaire chacune :
}
outlook-thread = { $few } bulletins ou moins : { $count }
outlook-some = jusqu’à { $some } : { $count }
outlook-firm = plus de { $some } : { $count }
outlook-undone = Ce qui la déferait
outlook-undone-by-more = { $count ->
    [one] Un vote « { $choice } » de plus la déferait.
   *[other] { $count } votes « { $choice } » de plus la déferaient.
}
outlook-undone-by-fewer = { $count ->
    [one] Un vote « { $choice } » de moins la déferait.
   *[other] { $count } votes « { $choice } » de moins la déferaient.
}
outlook-claimed-table = Les étiquettes que le moins de bulletins déferaient

integrity-heading = Des votes à regarder de plus près
integrity-none = On a cherché des minutes où bien plus de personnes votent qu’autour, des personnes dont les votes sont presque tous les mêmes, et des canaux qui répondent autrement que les autres. Rien n’a été trouvé.
integrity-story = Ces signes sont dits, jamais appliqués : aucun chiffre de ce rapport n’écarte un vote. Un signe n’est pas une preuve : une affiche dans un hall, un tract ou une réunion l’expliquent aussi.
integrity-ballots = { $count ->
    [one] { $count } vote est concerné, soit { $share } de tous.
   *[other] { $count } votes sont concernés, soit { $share } de tous.
}
integrity-labels-hold = Sans ces votes, chaque étiquette serait la même.
integrity-labels-change = { $count ->
    [one] Sans ces votes, { $count } étiquette serait une autre.
   *[other] Sans ces votes, { $count } étiquettes seraient autres.
}
integrity-relabelled = Les étiquettes, avec et sans ces votes
integrity-arrow = Sans ces votes :
integrity-label = Étiquette
integrity-without = Sans ces votes
integrity-bursts = Des votes d’un seul coup
integrity-bursts-story = Les minutes où bien plus de personnes ont voté que dans l’heure d’avant et d’après.
integrity-burst = { $when } : { $count } personnes ont voté, { $usual } seraient habituelles
integrity-when = Quand
integrity-minutes = Minutes
integrity-usual = Habituel
integrity-more = En plus
integrity-alike = Des votes presque tous les mêmes
integrity-alike-set = { $count } personnes ont donné presque exactement les mêmes réponses, { $votes } votes ou plus chacune. Sur les { $same } qui ont voté sur ces propositions, le hasard en ferait { $expected } parmi des gens du même avis.
integrity-votes-least = Votes de chacun, au moins
integrity-same = Ont voté sur les mêmes propositions
integrity-expected = Par hasard
integrity-channels = Des canaux qui répondent autrement
integrity-channels-story = Le canal est la façon dont un vote est arrivé. Des publics différents prennent souvent des canaux différents.
integrity-others-agree = D’accord, autres canaux
integrity-others-neutral = Neutre, autres canaux
integrity-others-disagree = Pas d’accord, autres canaux
channel-sequence = Carte par carte
channel-explore = En explorant
channel-widget = Sur un autre site
channel-assisted = Papier ou téléphone
channel-import = Importés
channel-link = Par un lien vers une proposition
channel-room = En atelier
channel-others = Tous les autres

method-document = Chaque formule, avec ses raisons et ses sources, est dans le document METHOD.md livré avec le logiciel.
downloads-heading = Téléchargements et vérification
file-json = le rapport entier, en données
file-html = le rapport en une page, à garder ou à imprimer
file-proposals = toutes les propositions et leurs chiffres, en tableau
file-shortlist = la liste pour les ateliers, en tableau
file-workbook = la même liste, pour un tableur
recompute-heading = Refaire le calcul
recompute-data = Prenez les données ouvertes de la consultation, que publient les organisateurs. La commande qui les écrit :
recompute-analyse = Refaites la même analyse, puis comparez-la à report.json :
recompute-compare = Seules peuvent différer la ligne qui nomme la consultation et, tant qu’elle est ouverte, le nombre de fois que les cartes ont été montrées. Tout le reste est identique, au caractère près, si l’empreinte de vos données est celle-ci :
recompute-method = Méthode
recompute-seed = Graine des tirages
recompute-position = Position dans le registre
recompute-digest = Empreinte des données
