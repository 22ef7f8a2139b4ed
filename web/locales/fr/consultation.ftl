# Les textes des pages d’une consultation, en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

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

## Partager

share-invitation = Votez sur les propositions des autres et ajoutez la vôtre : quelques minutes, sans compte.
share-proposal = Êtes-vous d’accord avec cette proposition ? Elle répond à la question :
share-by-mail = Partager cette page
share-copied = Adresse copiée

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
