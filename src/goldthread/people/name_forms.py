"""Which names are forms of one name, and how two names are akin: for finding a name again and never for changing it.

Written without accents and in small letters, as `names.folded` gives them.
"""

from __future__ import annotations

from goldthread.people.short_names import PAIRS

# Forms of one name: spellings, and what it is in another language. The first is the one that the others are filed under.
_FORMS = """
mohammed mohamed mohammad muhammad muhammed mohamad muhamad mahammed mahomed mohamud maxamed mehmet mamadou mouhamed mohd mahmad muhammet mehmed
ahmed ahmad ahmet axmed achmed ahmadu amadou
mahmoud mahmood mahmud mehmood maxamuud mahamoud
hussain hussein husain husayn hossain hossein husein xuseen hussien husseyn huseyin
hassan hasan xasan hasaan hassane
ali aly alli cali
abdullah abdulla abdallah abdalla abdollah abdulahi abdullahi cabdullaahi abdoulaye
abdulrahman abdurrahman abdelrahman abdirahman abdalrahman abdurahman cabdiraxmaan abdurehman
abdi cabdi
ibrahim ebrahim ibraheem abraham avraham ibraahim brahim ibrahima
yusuf yousuf yousef youssef yusef yusif joseph josef jozef jose giuseppe yosef yuusuf iosif osip
yunus younis younus yunis
isa eesa issa
musa moussa mousa moses moshe muuse
omar umar omer cumar oumar
othman uthman usman osman cismaan ousmane
khalid khaled kalid khaalid
tariq tarik tareq tarek
bilal bilaal billal
hamza hamzah xamse
hannah hanna hana chana
hamid hameed hamed
rashid rasheed rachid rashed
saeed said sayed saied saeid syed sayyid siciid
sheikh shaikh shaykh cheikh shekh shaik
karim kareem kerim
nasir nasser naser nassir
jamal jamaal gamal djamel cemal jamel
mustafa mustapha mostafa moustafa
ismail ismael ishmael esmail ismaeel ismaaciil
yahya yahia yehia
zakariya zakaria zakariyya zakariyah zachary zachariah zachariya zekeriya
suleman sulaiman suleiman soliman sulayman solomon souleymane saleban
idris idrees
iqbal ikbal eqbal
junaid junayd juned
faisal faysal feisal
imran umran imraan
irfan erfan
ayaan ayan
aisha ayesha aysha aishah aicha aysa ayse caasha aishat aissatou
fatima fatema fatimah fatma fathima faatima fadumo faduma fatimata fatou
khadija khadeeja khadijah kadija khadijat hatice khadiija kadiatou
zainab zaynab zeinab zeynep zaineb zenab saynab
maryam mariam miriam mary maria marie maryan meriem meryem marium marija mariya moira maire mair
amina aminah ameena aamina
halima halimah haleema xaliimo
hafsa hafsah
safiya safia safiyya safiyah
sumaya sumayya sumaiya somaya
noor nur nour noora
nadia nadiya nadya nadja
layla leila laila leyla
yasmin yasmeen jasmin jasmine yasmina yazmin jazmin
salma selma
samira sameera
shabana shabanah
tahira taahira
zahra zara zahraa zehra sahra
begum begam begom
khatun khatoon
khan kan khaan
miah mia mian miya
chaudhry choudhury chowdhury chaudhary choudhry choudhary chaudhuri chaudry choudry
qureshi quraishi koreshi qureishi
akhtar akhter aktar akter
malik malek maalik
mirza mirzah
shah sha
siddiqui siddique siddiqi sidiqi
rahman rehman rahaman rehmaan raxmaan
uddin udin eddine
patel pateel
kaur kour cour
singh sing
sharma sarma
gill gil
warsame warsama
osei osai
mensah mensa
adeyemi adeyemy
okonkwo okonquo
sophia sofia sophie sofie zofia sofiya zsofia
catherine katherine katharine kathryn catharine cathryn katarzyna katarina caterina ekaterina yekaterina kateryna katrin katrina catriona caitlin kathleen caitriona catalina
kate cate
katie katy
elizabeth elisabeth elzbieta elisabetta elisabeta yelizaveta eilis isabel elspeth
isabel isobel isabelle ysabel ishbel isabella
isabella izabela isabela izabella
alexander aleksander alejandro alessandro oleksandr aleksandr iskander alasdair alistair alastair
alexandra aleksandra alejandra alessandra oleksandra
andrew andrzej andre andreas andrei andriy andrey andres anders ondrej
anna ana ann anne annie anya
anthony antony antoni antonio anton antoine
arthur artur arturo
benjamin binyamin benyamin
charles karol carlos carlo karl carl
christopher krzysztof kristopher cristopher kristoffer cristobal
christine kristine christina krystyna kristina cristina kirsten kristin
daniel danyal danial daniyal danijel
david dawid dawud daud dawood daoud davide dafydd daawuud
dominic dominik dominick domenico
edward eduard eduardo edvard
emily emilia emilie emilija
eva ewa eve yeva ava
francis franciszek francisco francesco frank francois
francesca franciszka francisca
gabriel jibril gavriel jibreel djibril gabriele
george jerzy jorge giorgio georgi heorhiy yuriy gheorghe georgios jiri
gregory grzegorz gregor grigori
helen helena elena ellen olena yelena eleni halyna
henry henryk heinrich enrique henri enrico
isaac ishaq izaak ishak itzhak isak
jacob jakub yakub yaqub yaqoob jacobo iago
james jaime seamus hamish giacomo
jane jana sian siobhan sinead jean
joan joanna joanne johanna giovanna ioana
john jan juan giovanni ivan sean shaun shawn ian iain jean johann ion ioan ivo joao eoin evan jon
julia julie giulia yulia juliya
justyna justine justina
lawrence laurence lorenzo lorcan
lucas luke lukas lukasz luca louca luka
lucy lucia lucie lucja
margaret malgorzata margarita marguerite margareta margherita mairead
mark marc marek marco marcus markus marko
martin marcin martyn marten
matthew mateusz matthias mateo matteo mateus matei maciej matthieu matej
michael michal michel miguel mikhail mihai mykhailo mikael mikail micheal mikhael mihail
monica monika
natalie natalia nathalie nataliya natalya
nicholas nicolas nikolai mikolaj mykola nikolas niccolo nicolae nikola
oliver olivier oliwier olivia
olivia oliwia
patrick patryk padraig padraic patrice
paul pawel pablo paolo pavel pavlo paulo
peter piotr pedro pietro petr petro pyotr petru piers
philip phillip filip felipe philippe filippo
rachel rachael raquel rahil rachelle
rebecca rebekah rifka rebeka
richard ryszard ricardo riccardo
robert roberto
samuel samuil
sarah sara sarra saarah
sebastian sebastiaan bastian
simon szymon simeon simone symeon
stephen steven stefan stephan esteban stevan szczepan stepan etienne steffan
susan suzanne susanna susannah zuzanna
teresa theresa therese tereza
thomas tomasz tomas tommaso
timothy tymoteusz timofey tymon
victor wiktor viktor
victoria wiktoria viktoria viktoriya vittoria
vincent wincenty vincenzo
william wilhelm guillermo guilherme liam gwilym
adrian adrien adriano
alan allan allen alun
alison allison alyson
amy aimee ami
caitlin katelyn kaitlin caitlyn kaitlyn katelynn
callum calum colm
cameron kameron camron
chloe khloe cloe
claire clare clara klara
connor conor konnor
craig kraig
deborah debra debora
eleanor elinor eleanora elanor
erin eryn
ethan ethen
finlay finley findlay
fiona fionna
geoffrey jeffrey
graham graeme grahame
gemma jemma
hayley haley hailey
holly hollie
imogen imogene
jamie jaimie jayme
jaden jayden jaydon jaidan jadon
jodie jody jodi
kai kye
kayleigh kaylee kayley kaleigh keighley
kelly kellie kelley
kieran kieron ciaran kyran
kirsty kirstie kirstin
lauren lauryn loren
leah lea lia leia
leanne lianne leeann
lee leigh
lewis louis luis luiz
lily lilly lillie
lindsay lindsey linsey lynsey
louise luisa louisa
lynn lynne lyn linn
madeleine madeline madelyn magdalena
megan meghan meagan
millie milly
molly mollie
neil neal niall neill
nicola nichola nikola
nicky nikki nicki niki
phoebe pheobe
rhys reece rees reese rhis
rory ruairi ruari
ryan rian
shannon shanon
sian shan
siobhan shivaun chevonne shevaun
niamh neve nieve
aoife eefa
caoimhe keeva kweeva
saoirse seersha
roisin rosheen
sinead shinead
eoghan owen euan ewan ewen eoin
aidan aiden ayden aodhan
oisin osheen
padraig porick
cian kian keane
stacey stacy stacie
stuart stewart
teagan tegan
toby tobi
tracey tracy tracie
zoe zoey zoie
vivian vivien vivienne
yvonne ivonne
kowalczyk kovalchuk kovalchik
wang wong vong huang
zhang chang cheung
li lee
chen chan tan
liu lau
wu ng
zhao chao chiu
nguyen nguyan ngyuen
tran trinh
smith smyth smythe
clark clarke
brown browne
green greene
reed reid read
thompson thomson tomson
stephens stevens
phillips philips philipps
davis davies
matthews mathews
moore more moor
wright right
white whyte
taylor tayler tailor
cook cooke
gray grey
oneill oneil oneal
obrien obryan
oconnor oconner
byrne burne
murphy murphey
reilly riley oreilly
lloyd loyd floyd
evans evens
jenkins jenkyns
pritchard prichard
rees reece
griffiths griffith gruffydd
williams willams
desouza dsouza souza sousa
diallo jallow jalloh
ba bah
toure tourey
sesay sesey
kone conneh
"""

FORMS: tuple[tuple[str, ...], ...] = tuple(tuple(line.split()) for line in _FORMS.strip().splitlines())
"""Forms of one name each; the first is what the others are filed under."""

_NAMES_OF: dict[str, frozenset[str]] = {}
for _short, _name in PAIRS:
    _NAMES_OF[_short] = _NAMES_OF.get(_short, frozenset()) | {_name}

_FORMS_OF: dict[str, frozenset[str]] = {}
for _group in FORMS:
    for _form in _group:
        _FORMS_OF[_form] = _FORMS_OF.get(_form, frozenset()) | {_group[0]}

_WHOLE = frozenset(name for _, name in PAIRS)


def heads(name: str) -> frozenset[str]:
    """This will give all that a name can be filed under: names with one of them in common may be one person's."""
    found = set(_FORMS_OF.get(name, ())) | ({name} if name in _WHOLE else set())
    for whole in _NAMES_OF.get(name, ()):
        found |= {whole} | _FORMS_OF.get(whole, frozenset())
    return frozenset(found)


def kinship(one: str, other: str) -> str:
    """This will say in words how two different names are one name, or give nothing; {one} and {other} stand for them."""
    if other in _NAMES_OF.get(one, ()):
        return "“{one}” is short for “{other}”"
    if one in _NAMES_OF.get(other, ()):
        return "“{other}” is short for “{one}”"
    if _FORMS_OF.get(one, frozenset()) & _FORMS_OF.get(other, frozenset()):
        return "“{one}” and “{other}” are forms of one name"
    both = heads(one) & heads(other)
    return f"“{{one}}” and “{{other}}” can both be “{min(both).title()}”" if both else ""
