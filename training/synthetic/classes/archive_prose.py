"""Running text of archive forms, with blanks: `{spec}` is a blank that was filled in with a value of that generator. Data only.

The key of a blank is the print between it and the blank (or the sentence) before it.
"""

PROSE = (
    'Sworn to before me this {day} day of {monthname} , 19 {form 0#/1#/2#/3#} .',
    'Subscribed and sworn to before me this {day} day of {monthname} , A. D. 18 {form 6#/7#/8#/9#}',
    'Sworn to (or affirmed) before me this {day} day of {monthname} , 191 {form #}',
    'I, {oldname} , do solemnly swear that I am a native of {oldcountry} ; that I reside at {oldplace} ; that I have known the above-named {oldname} personally for {int 1 40} years.',
    'I, {oldname} , aged {age} years, occupation {oldjob} , do declare on oath that my personal description is: Color {pick white/White/black} , complexion {pick dark/fair/light/ruddy} , height {int 5 6} feet {int 1 11} inches, weight {int 118 220} pounds, color of hair {pick brown/black/gray} , color of eyes {pick blue/brown/gray} ; other visible distinctive marks {pick none/None/scar on chin/mole}',
    'I was born in {oldplace} , on the {day} day of {monthname} , anno Domini 1 {form 8##} ; I now reside at {oldaddress}',
    'I emigrated to the United States of America from {oldport} on the vessel {oldship} ; my last foreign residence was {oldplace} . I arrived at the port of {oldport} , in the State of {oldstate} , on or about the {day} day of {monthname} , anno Domini 1 {form 8##/9##} .',
    'It is my bona fide intention to renounce forever all allegiance and fidelity to any foreign prince, potentate, state, or sovereignty, and particularly to {pick George V/The German Empire/Victor Emmanuel III/The Czar of Russia/Oscar II} , of whom I am now a subject.',
    'I declared my intention No. {int 100 9000} to become a citizen of the United States on the {day} day of {monthname} , 1 {form 8##/9##} , in the {pick District/Circuit/Superior/U. S. District} Court of {oldcounty}',
    'I am {pick not/yes/now} married. My wifes name is {oldname} . She was born in {oldplace} , on the {day} day of {monthname} , 18 {form 6#/7#/8#} , and now resides at {oldplace} .',
    'I have {int 1 9} children, and the name, date, and place of birth of each of said children is {first} , born {day} day of {monthname} , 1 {form 8##/9##} , at {oldplace} ; resides at {oldplace}',
    'This is to certify that {oldname} was discharged from the service of the United States on the {day} day of {monthname} , 18 {form 6#} , at {oldplace} , by reason of {pick expiration of term/disability/G. O. No. 77/wounds received}',
    'Said {oldname} was born in {oldplace} , in the State of {oldstate} , is {age} years of age, {int 5 6} feet {int 1 11} inches high, {pick dark/fair/light} complexion, {pick blue/gray/hazel} eyes, {pick brown/dark/light} hair, and by occupation, when enrolled, a {oldjob}',
    'Know all men by these presents, that {oldname} and {oldname} of the County of {oldcounty} and State of {oldstate} , are held and firmly bound unto {oldname} in the sum of {oldmoney} dollars.',
    'This indenture, made the {day} day of {monthname} in the year of our Lord one thousand eight hundred and {pick sixty-two/forty/fifty-one/seventy} between {oldname} of {oldplace} and {oldname}',
    'List of Persons Composing the Crew of the {oldship} of {oldport} whereof is Master {oldname} bound for {oldport}',
    'List of passengers on board the {oldship} , of the S. S. Line , arriving at {oldport} , 191 {form #} , from the port of {oldport}',
    'Enumerated by me on the {day} day of {monthname} , 18 {form 5#/6#/7#/8#} , {oldname} Enumerator.',
    'Schedule 1. Inhabitants in {pick Subdivision No 1/Ward 4/the Town of Lee/Beat 3} in the County of {oldcounty} State of {oldstate} enumerated by me, on the {day} day of {monthname}',
    'Received from {oldname} , {oldjob} , the sum of {oldmoney} dollars, being in full for {remark}',
    'Received at {oldplace} this {day} day of {monthname} 186 {form #} of {oldname} A. Q. M., U. S. Army, the following named articles',
    'The undersigned, {oldname} , a resident of {oldplace} , hereby makes application for {remark}',
    'I hereby certify that the within named {oldname} appeared before me at {oldplace} and that {oldname} is the person described.',
    'Given under my hand and seal of office, this {day} day of {monthname} , 19 {form 0#/1#/2#} at {oldplace}',
    'is a citizen by blood of the {pick Choctaw/Cherokee/Creek/Chickasaw} Nation; that {oldname} was born on the {day} day of {monthname} , 1 {form 9##} ; that the father is {oldname} and the mother is {oldname}',
    'Port of {oldport} . S. S. {oldship} Class {pick 2/3/Man/Steerage} No. {int 1 400} arrived {olddate} . This is to certify that {oldname} Age {age} native of {oldcountry} {pick Italian/Hebrew/Irish/Polish} race, has {pick trachoma/hernia/senility/valvular disease}',
    'To the Collector of Customs, Port of {oldport} : The bearer {oldname} has been employed on the {oldship} as {oldjob} since {olddate}',
    'and the said {oldname} , late of {oldplace} , deceased, left surviving a widow {oldname} and {int 1 8} children.',
    'That he enlisted at {oldplace} on the {day} day of {monthname} , 186 {form #} , in Company {pick A/B/H/K} of the {regiment} and was honorably discharged on the {day} day of {monthname} , 186 {form #}',
    'State of {oldstate} , County of {oldcounty} , ss: On this {day} day of {monthname} , 18 {form 8#/9#} , personally appeared before me {oldname} , a resident of {oldplace}',
    'Whereas {oldname} , of {oldplace} , has deposited the sum of {oldmoney} with the Receiver at {oldplace} for the {pick NW 1/4/S 1/2/lot 4/SE 1/4} of Section {int 1 36} in Township {int 1 30} of Range {int 1 30}',
    'Admitted to the {pick hospital/asylum/school/Home} on {olddate} by order of {oldname} and assigned to {pick Ward B/Room 12/Cottage 4/Company C}',
)

HEADS = ('DEPARTMENT OF THE INTERIOR|Commission to the Five Civilized Tribes.', 'U. S. DEPARTMENT OF LABOR|NATURALIZATION SERVICE', 'TREASURY DEPARTMENT|U. S. CUSTOMS SERVICE', 'WAR DEPARTMENT|OFFICE OF THE QUARTERMASTER GENERAL',
         'DEPARTMENT OF COMMERCE - BUREAU OF THE CENSUS', 'UNITED STATES OF AMERICA|DECLARATION OF INTENTION', 'BUREAU OF PENSIONS', 'VETERANS ADMINISTRATION', 'POST OFFICE DEPARTMENT', 'GENERAL LAND OFFICE', 'STATE BOARD OF HEALTH|BUREAU OF VITAL STATISTICS',
         'SELECTIVE SERVICE SYSTEM|REGISTRATION CARD', 'U.S. Seamen\'s Passport Bureau', 'INDIAN OFFICE|Allotment Division', 'CERTIFICATE OF DEATH', 'APPLICATION FOR HEADSTONE OR MARKER', 'MANIFEST OF ALIEN PASSENGERS', 'MEDICAL CERTIFICATE', 'LAND PATENT',
         'MUSTER ROLL', 'GENERAL INDEX CARD.', 'MONTHLY REPORT', 'AFFIDAVIT OF IDENTITY', 'PETITION FOR NATURALIZATION', 'IN THE MATTER OF THE APPLICATION', 'RECORD OF EMPLOYMENT', 'CREW LIST', 'REGISTER OF PATIENTS', 'CERTIFICATE OF SERVICE')
SMALL = ('Form {n}', '{n}-1585', 'GPO', '(Over.)', '(See instructions on reverse side.)', 'DO NOT WRITE IN THIS SPACE', 'U. S. GOVERNMENT PRINTING OFFICE: 19{k}', 'ORIGINAL', 'TRIPLICATE', 'This card must not be taken from the files.', '(To be filled out in duplicate)',
         '[SEAL.]', 'NOTE.-Write plainly with unfading ink.', 'See also', '({n})', 'Every item of information should be carefully supplied.', 'Read instructions carefully before filling out.', 'Act of May 1, 1920', 'Ed. 3-2-{k}-500,000', 'FOR VERIFICATION',
         'If naturalized, state where and when; if not, write none in the space provided.', 'Applicants must answer every question in their own handwriting wherever possible.', '(Cross out words which do not apply)')
