"""Lists from which invented people take their names: common names, joined at random, of nobody in particular."""

from __future__ import annotations

GIRLS = tuple(
    "Aaliyah Abigail Adaeze Aisha Alice Amara Amelia Anya Asha Beatrix Bethan Bryony Cara Chidi Chloe Clara Dalia Daisy "
    "Edith Efua Elena Ella Elsie Emilia Erin Esme Eva Farah Fatima Fern Freya Grace Halima Hana Hannah Heidi Holly "
    "Imani Imogen Ines Iris Isla Ivy Jasmine Jia Kayla Keira Kiran Lacey Layla Leah Lena Lila Lottie Lucia Lydia Maia "
    "Maisie Mariam Martha Maya Meera Megan Mila Mina Molly Nadia Naomi Niamh Noor Nora Olive Orla Paige Phoebe Poppy "
    "Priya Rania Rosa Ruby Saanvi Safiya Sana Sienna Skye Sofia Summer Tamsin Tara Thea Wren Yara Yasmin Zahra Zara Zofia".split()
)

BOYS = tuple(
    "Aaron Adam Adeel Aidan Alfie Amir Anton Archie Arjun Asher Ayaan Bartek Ben Bilal Blake Bodhi Caleb Callum Cillian "
    "Conor Danyal Daniel Dario Dev Dominik Dylan Eden Eesa Elijah Elliot Emeka Ethan Ewan Ezra Felix Finlay Frank "
    "Gethin Hamza Haris Harvey Hassan Hugo Ibrahim Idris Isaac Jack Jamal Jaxon Jay Joel Jonah Jude Kacper Kai Kamran "
    "Kieran Kofi Kwame Leo Levi Liam Luca Malik Marlon Mason Matei Milo Musa Nathan Nico Noah Obi Ollie Omar Oscar Otis "
    "Rafi Reece Reuben Rhys Riley Rohan Rowan Ryan Sami Samir Sean Stefan Tariq Theo Toby Tomasz Tunde Tyler Yusuf Zac Zain".split()
)

FAMILY_NAMES = tuple(
    "Abara Acheson Adeyemi Ahmed Akhtar Alderton Amoah Appleby Ashworth Aziz Bagley Balogun Banks Barlow Begum Bellamy "
    "Bennett Bhatt Birch Boateng Bradshaw Brook Burrell Calder Carrick Castle Chan Chaudhry Clegg Coleman Cooper Costa "
    "Crane Dalton Danso Darby Das Dean Devlin Dixon Doyle Drummond Dube Eastwood Ekwueme Ellison Fairclough Farrow "
    "Fernandes Fielding Finch Fofanah Foster Frost Gallagher Garrity Gill Goddard Grange Gupta Hale Hallam Hargreave "
    "Haque Hassan Heath Hobbs Hussain Ibrahim Ince Iqbal Jarvis Jassim Kamara Kapoor Karim Kaur Kaya Keane Khan Kirk "
    "Kowal Lam Langley Larkin Lim Lockwood Lowe Lungu Mahmood Malone Mann Marsh Mbeki Mensah Milne Mistry Moran Moss "
    "Musa Nair Nash Ncube Ndlovu Newell Nowak Nwosu Odell Ofori Okafor Okoro Oldham Osei Owusu Pardew Parekh Patel Penn "
    "Pereira Pike Popa Quigley Rahman Rai Ramsden Rashid Redfern Rowe Rusu Sadiq Salt Sandhu Sesay Shah Sharpe Silva "
    "Singh Slater Sohal Stone Sultana Swift Tanner Tate Thorne Tran Turay Usman Vickers Wade Walsh Warsame Webb Whitlock "
    "Wilde Wong Wray Yates Yeboah Yilmaz Yusuf Zaman Zielski".split()
)

WOMEN = tuple(
    "Abena Adele Agnieszka Alison Amina Andrea Angela Anita Anjali Ayesha Barbara Beata Bernadette Carla Carol "
    "Caroline Catrin Charlotte Cheryl Christine Claire Comfort Danielle Dawn Debbie Denise Diana Donna Dorota Ebony "
    "Elaine Emma Esther Ewa Fiona Frances Gail Gemma Gillian Grazyna Hayley Helen Ifeoma Jacqueline Janet Jennifer "
    "Joanne Joyce Judith Karen Katarzyna Kelly Kirsty Laura Leanne Linda Lisa Lorraine Louise Lynn Magda Mandy Maria "
    "Marcia Margaret Michelle Monika Nasreen Natalie Natasha Nicola Nkechi Parveen Patricia Pauline Rachel Rebecca "
    "Rekha Rosemary Rukhsana Samantha Sandra Sangita Sarah Shabana Shanice Sharon Sheila Shirley Siobhan Stacey "
    "Stella Sunita Susan Tanya Teresa Tracey Valerie Vanessa Victoria Wendy Yvonne Zainab".split()
)

MEN = tuple(
    "Abdul Adrian Alan Andrew Andrzej Anthony Asif Barry Brian Carl Chinedu Christopher Clive Colin Craig Damian Darren "
    "David Dean Delroy Derek Desmond Douglas Duncan Ebo Edward Femi Gareth Gary Geoffrey George Gerard Gordon Graham "
    "Grant Guy Hamid Ian Imran Iqbal Ivan Jagdish James Jason Jeremy Joseph Julian Karl Keith Kelvin Kenneth Kevin "
    "Krzysztof Lee Leroy Lloyd Marcin Mark Martin Matthew Maurice Michael Mohan Naveed Neil Nigel Olu Patrick Paul "
    "Peter Philip Piotr Rajesh Raymond Richard Robert Roger Ross Russell Salim Scott Shaun Simon Stephen Steven "
    "Stuart Sunil Terence Thomas Timothy Trevor Tyrone Vikram Vincent Wayne William Winston Zafar".split()
)

NICKNAMES = {
    "Abigail": "Abi", "Alfie": "Alf", "Amelia": "Millie", "Archie": "Arch", "Beatrix": "Bea", "Callum": "Cal",
    "Charlotte": "Lottie", "Chloe": "Clo", "Daniel": "Danny", "Edith": "Edie", "Elena": "Ellie", "Elijah": "Eli",
    "Ethan": "Eth", "Eva": "Evie", "Finlay": "Fin", "Freya": "Frey", "Harvey": "Harv", "Imogen": "Immy", "Isaac": "Zac",
    "Jasmine": "Jas", "Joel": "Joey", "Kacper": "Kacperek", "Leo": "Lee", "Lydia": "Liddy", "Maisie": "Mais",
    "Megan": "Meg", "Nathan": "Nate", "Oscar": "Ossie", "Phoebe": "Phebs", "Poppy": "Pops", "Reuben": "Ben",
    "Samir": "Sam", "Sofia": "Sofi", "Thea": "Teddy", "Tomasz": "Tomek", "Yasmin": "Yas", "Yusuf": "Yusi",
    "Zachary": "Zac",
}  # fmt: skip
"""What some are called by those who know them."""

VARIANTS = {
    "Aaliyah": "Aliyah", "Aidan": "Aiden", "Aisha": "Ayesha", "Callum": "Calum", "Chloe": "Khloe", "Cillian": "Killian",
    "Conor": "Connor", "Elena": "Ellena", "Fatima": "Fatema", "Hannah": "Hanna", "Ibrahim": "Ebrahim", "Imogen": "Imojen",
    "Isla": "Ayla", "Jaxon": "Jackson", "Kacper": "Kasper", "Kieran": "Keiran", "Layla": "Leila", "Mariam": "Maryam",
    "Megan": "Meghan", "Niamh": "Neve", "Noor": "Nour", "Priya": "Pria", "Reece": "Rhys", "Rhys": "Reece",
    "Safiya": "Safia", "Sean": "Shaun", "Sienna": "Siena", "Sofia": "Sophia", "Tamsin": "Tamzin", "Tomasz": "Thomas",
    "Yasmin": "Yasmeen", "Yusuf": "Yousef", "Zara": "Zahra",
}  # fmt: skip
"""How some names are spelt by those who only heard them."""
