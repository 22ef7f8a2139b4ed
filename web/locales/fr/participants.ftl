# Les textes des pages sur un participant, en français. Un message par ligne ; les variables sont entre accolades.
# Espaces : insécable fine avant ? ! ;  insécable avant : et % et autour des guillemets.

## Questions

audience-question = À quel public appartenez-vous ?
audience-why = Pour comparer à égalité les avis de chaque public. Une seule question, et vous pouvez ne pas répondre.
audience-not-said = Je préfère ne pas le dire
questions-title = Quelques mots sur vous
questions-why = Pour savoir qui s’exprime et comparer les avis. Chaque réponse est facultative, se change et s’efface dans « Ma participation » ; une combinaison de réponses que moins de cinq personnes partagent n’est jamais publiée.
questions-not-said = Je préfère ne pas le dire
questions-send = Continuer

## Autre appareil, effacement

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
