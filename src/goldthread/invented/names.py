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
