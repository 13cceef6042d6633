"""Which names are short for others: facts of usage, for finding a name again and never for changing it.

Written without accents and in small letters, as `names.folded` gives them. A short name may stand for several names.
"""

from __future__ import annotations

# A name, then what those who bear it are called.
_SHORT = """
abdullah: abdul abdi
abigail: abbie abby abi gail
adam: adie
adelaide: addie ada della
adrian: ade
agnes: aggie nessa
agnieszka: aga agusia
alan: al
albert: al bert bertie albie
aleksander: alek olek
aleksandra: ola olka alex sasha
alexander: al alec alex alexi lex sandy sasha xander zander alasdair
alexandra: alex alexa ali lexi lexie sandra sandy sasha sacha xandra
alfred: alf alfie fred freddie
alice: ali allie
alison: ali allie
amanda: mandy manda
amelia: amy millie milly mia
amina: mina
andrea: andi andie
andrew: andy drew dandy
andrzej: andrzejek jedrek
angela: angie ange
anna: ania anka anya annie
annabel: anna bella belle
anthony: ant tony anto
antonia: toni tonya
antoni: antek tosiek
archibald: archie
arthur: art artie
augustus: gus august
barbara: babs barb barbie bobbie basia baska
barnaby: barney
bartholomew: bart barry
bartosz: bartek
beatrice: bea bee trixie
beatriz: bia bea
benedict: ben benny
benjamin: ben benji benny benjy
bernadette: bernie detta
bernard: bernie
bethany: beth
bozena: bozenka
bradley: brad
bridget: bridie biddy bride
cameron: cam
caroline: carol carrie caro lina
carolina: carol lina
catherine: cat cath cathy cathie cate kate katie kathy kat kitty kit katy
cecilia: celia cissie cece
charles: charlie chas chuck chaz
charlotte: charlie lottie lotta char charley tottie
christian: chris
christina: chris chrissie tina christie
christine: chris chrissie tina christie
christopher: chris kit topher christy
clementine: clem clemmie
constance: connie
cordelia: delia
cynthia: cindy
czeslaw: czesiek
daniel: dan danny
danielle: dani danni ellie
darren: daz
david: dave davey davy dai
dawid: dawidek
deborah: deb debbie debs
delroy: roy
denise: den
derek: del
diana: di
dimitri: dima mitya
dominic: dom nic
dominik: domi
dorota: dorotka
dorothy: dot dottie dolly dora thea
douglas: doug dougie
ebenezer: eben
edmund: ed eddie ned ted
edward: ed eddie ned ned ted teddy eddy
edwin: ed eddie
eilidh: ailie
eleanor: ellie ella nell nellie nora elle
elena: lena
elijah: eli lige
elizabeth: bess bessie bet beth betsy betty elise eliza elsie libby lilibet lisa liz liza lizzie lizzy lisbeth elsa
elzbieta: ela elka
emily: em emmy millie milly
emma: em emmie
emmanuel: manny manu
ernest: ernie
esther: essie hettie
eugene: gene
ewa: ewka ewunia
ezekiel: zeke
fatima: fati fatou tima
florence: flo florrie flossie
frances: fran francie fanny frankie cissy
francesca: fran cesca chess frankie
francis: frank frankie fran
francisco: paco chico
franciszek: franek
frederick: fred freddie freddy rick
gabriel: gabe gabi
gabriella: gabby gabi ella bella
geoffrey: geoff jeff
george: georgie geordie
georgia: georgie gia
georgina: georgie gina
gerald: gerry jerry ged
gerard: gerry ged
gertrude: gertie trudy
giovanni: gianni gio
giuseppe: beppe peppe
gordon: gordy
graham: gray
grazyna: grazka
gregory: greg
grzegorz: grzesiek grzes
gwendolen: gwen gwennie
gwendoline: gwen gwennie
harold: harry hal
harriet: hattie hettie harrie
helen: nell nellie nel lena
henrietta: etta hetty hettie
henry: harry hal hank
henryk: heniek
hilary: hil
hubert: bert
hugh: hughie
humphrey: humph
ibrahim: ibby ibra
imogen: immy immie
irena: irka
isaac: ike zac zak
isabel: bel bella belle izzy izzie issy tibby
isabella: bella belle izzy izzie issy ella isa
iwona: iwonka
jacek: jacus
jack: jackie
jacob: jake jakey coby
jacqueline: jackie jacqui jac
jadwiga: jadzia
jakub: kuba jakubek
james: jim jimmy jamie jem jimmie
jan: janek jas
jane: janie jenny
janet: jan jen
janina: janka
janusz: januszek
jason: jase jay
jasmine: jas jaz jazz
javier: javi
jeffrey: jeff
jemima: jem mima jemma
jennifer: jen jenn jennie jenny
jeremiah: jerry
jeremy: jerry jez
jerome: jerry
jerzy: jurek
jessica: jess jessie
jesus: chuy
joanna: jo joey asia aska anna
joanne: jo joey
joao: joaozinho
john: jack johnny jonny jock
jonathan: jon jonny jonty nathan
jordan: jordy
jose: pepe
joseph: joe joey jo
josephine: jo josie fifi posy
joshua: josh
jozef: jozek
judith: judy jude
julia: jules julie
julian: jules
juliet: jules
justyna: justynka
karolina: karo karolcia lina
katarzyna: kasia kaska kate
katherine: kate kath kathy kathie katie kay kit kitty kat katy
kathleen: kath kathy kay kate
kazimierz: kazik kazek
kenneth: ken kenny
kevin: kev
khadija: dija khadi
kimberley: kim kimmy
krystyna: krysia kryska
krzysztof: krzysiek krzys
laurence: laurie larry
lawrence: larry laurie lawrie lol
leonard: len lenny leo
leszek: leszko
lewis: lew lewie
lillian: lil lily lilly
linda: lin lindy
louis: lou louie
louisa: lou lulu
louise: lou lulu
lucas: luke
lucinda: lucy cindy lucie
lucy: lu
lukasz: lukaszek
lydia: lyddie
lynne: lyn
maciej: maciek
madeleine: maddie maddy mads lena
maksymilian: maks
malgorzata: gosia goska malgosia
manuel: manny manolo
marcin: marcinek
margaret: daisy greta madge mag maggie maisie mamie marge margie margot meg megan may peg peggy rita mog
maria: marysia marie ria mary maja
mariana: mari ana
mark: marky
martha: marty mattie patty
martin: marty
mary: may molly polly mamie mae moll
mateusz: mati mateuszek
matilda: tilly mattie tilda till
matthew: mat matt matty
maureen: mo
maurice: mo maury morrie
maximilian: max
maxwell: max
melanie: mel
melissa: mel lissa missy
michael: mick micky mike mikey mickey
michal: michas misiek
michelle: shell chelle shelly
mieczyslaw: mietek
mikolaj: mikolajek miki
mildred: millie milly
mohammed: mo mohd md muhd moe moh
miriam: mim miri
monica: mon
mustafa: mus musti
nadezhda: nadia nadya
natalia: natalka nat tasha
natalie: nat tally
natasha: tash tasha nat
nathan: nat nate
nathaniel: nat nate nathan
nicholas: nick nicky nico nic
nicola: nicky nic nikki niki
nicole: nicky nikki nic
nigel: nige
norman: norm
oliver: ol ollie olly
olivia: liv livvy ollie olive
olusegun: segun
olufemi: femi
olumide: mide
oluwaseun: seun
oluwaseyi: seyi
oluwatobi: tobi
oluwatobiloba: tobi
babatunde: tunde baba
ayodele: ayo dele
ayomide: ayo mide
chukwuemeka: emeka
ifeoma: ify
ngozi: ngo
chinedu: nedu edu
oswald: oz ozzy
pamela: pam pammie
patricia: pat patsy patti patty tricia trish
patrick: pat paddy patsy rick
patryk: patryczek
paul: paulie
paulina: paula paulinka
pawel: pawelek
pedro: pedrinho
penelope: pen penny nell
peter: pete petey
philip: phil pip
philippa: pip pippa phil
phyllis: phyl
piotr: piotrek piotrus
priscilla: cilla prissy
prudence: prue pru
przemyslaw: przemek
rachel: rach rae
radoslaw: radek
raymond: ray
rebecca: becca becky bex beck becks reba
reginald: reg reggie rex
reuben: rube
richard: dick dickie rich richie rick ricky dickon
robert: bob bobby rob robbie robby bert rab rabbie robin
roberta: bobbie robbie
roderick: rod roddy rory
rodney: rod
roger: rodge
roland: roly
ronald: ron ronnie
rosalind: ros roz rose
rosemary: rose rosie ro romy
rosie: rose
russell: russ rusty
ryszard: rysiek
sabina: saby
salvatore: toto
samantha: sam sammy sammie
samuel: sam sammy
sandra: sandy
sarah: sal sally sadie sare
sean: seanie
sebastian: seb bas sebby baz
shanice: shan
sharon: shaz shazza
sheila: shee
siobhan: shiv
simon: si
slawomir: slawek
sofia: sofi sofie
sophia: soph sophie
sophie: soph
stanislaw: staszek stas
stanley: stan
stefania: stefcia
stephanie: steph stephie steff fanny
stephen: steve stevie ste
steven: steve stevie ste
stuart: stu stew
susan: sue susie suzy su suki
susannah: sue susie suzy anna sanna zanna
svetlana: sveta lana
sylvia: syl sylvie
tabitha: tabby
tadeusz: tadek
teresa: terri tess tessa tracy
terence: terry tel
theodore: ted teddy theo
theodora: dora theo thea
theresa: terri tess tessa tracy
thomas: tom tommy thom
timothy: tim timmy
tobias: toby
tomasz: tomek tomus
tyler: ty
tyrone: ty
uzoamaka: amaka
valerie: val
vanessa: nessa ness
veronica: ronnie vera
victor: vic
victoria: tori vic vicki vicky vikki toria vickie queenie
vincent: vin vince vinnie
violet: vi
virginia: ginny ginger gina
vladimir: vova volodya vlad
volodymyr: vova volodya
waclaw: wacek
walter: walt wally
wanda: wandzia
wieslaw: wiesiek
wilfred: wilf wilfie fred
wilhelmina: mina minnie billie willa
william: bill billy will willie willy wills liam gwil
winifred: win winnie freda
wladyslaw: wladek
wojciech: wojtek
yevhen: zhenya
yvonne: von eve
zachariah: zac zach zak
zachary: zac zach zack zak
zbigniew: zbyszek
zdzislaw: zdzisiek zdzich
zofia: zosia zoska
zuzanna: zuzia zuza
aisha: ash aishah esha
andreea: deea
gheorghe: gigi ghita
ioana: oana
ion: ionel ionut nelu
ionut: nutu
konstantin: kostya
constantin: costel costi costica dinu
dumitru: mitica
mihail: misha
mihai: mihaita misu
aleksei: alyosha lyosha
dmitri: dima mitya
ekaterina: katya kate
mykola: kolya
nikolai: kolya
oleksandr: sasha sashko olek
oleksandra: sasha lesia
tatiana: tanya tania
yekaterina: katya
yevgeny: zhenya
"""


def _pairs() -> tuple[tuple[str, str], ...]:
    """This will give each short name with a name that it stands for."""
    found = []
    for line in _SHORT.strip().splitlines():
        name, _, short = line.partition(":")
        found += [(each, name) for each in short.split()]
    return tuple(dict.fromkeys(found))


PAIRS = _pairs()
"""(short name, name): what it is short for."""
