"""What the pages of the desk are made from: the questions that cross apps, each in one transaction, behind the gate."""
