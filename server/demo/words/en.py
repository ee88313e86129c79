"""English."""

from server.demo.names import Dial, Place, Words, by_kind, lines, pairs, roles, trades

WORDS = Words(
    given=pairs("""
        Olivia/olivia, Amelia/amelia, Emily/emily, Sophie/sophie, Grace/grace, Chloe/chloe,
        Hannah/hannah, Charlotte/charlotte, Priya/priya, Aisha/aisha, Megan/megan, Siân/sian,
        Margaret/margaret, Judith/judith, Oliver/oliver, Harry/harry, George/george, Thomas/thomas,
        William/william, Daniel/daniel, Samuel/samuel, Callum/callum, Rhys/rhys, Ewan/ewan,
        Arjun/arjun, Imran/imran, Patrick/patrick, Stephen/stephen, Graham/graham, Marcus/marcus,
        Zoë/zoe
    """),
    family=pairs("""
        Smith/smith, Jones/jones, Taylor/taylor, Brown/brown, Williams/williams, Wilson/wilson,
        Johnson/johnson, Davies/davies, Patel/patel, Wright/wright, Walker/walker,
        Thompson/thompson,
        Hughes/hughes, Edwards/edwards, Green/green, Clarke/clarke, Harris/harris, Khan/khan,
        Murphy/murphy, O'Connor/oconnor, MacDonald/macdonald, Campbell/campbell, Stewart/stewart,
        Singh/singh, Ahmed/ahmed, Fletcher/fletcher, Barnes/barnes, Whitfield/whitfield,
        Ashworth/ashworth
    """),
    brands=pairs("""
        Northgate/northgate, Ashdown/ashdown, Riverside/riverside, Harbour/harbour,
        Kestrel/kestrel,
        Pennine/pennine, Oakfield/oakfield, Silverdale/silverdale, Beacon/beacon,
        Meridian/meridian,
        Foxglove/foxglove, Castle/castle, Albion/albion, Thistle/thistle, Marlow/marlow,
        Hartley's/hartleys, Redwood/redwood, Bluebell/bluebell, Saltmarsh/saltmarsh,
        Orchard/orchard,
        Granite/granite, Lantern/lantern, Tideway/tideway, Fairfax/fairfax,
        Copperfield/copperfield,
        Willow & Rye/willowrye, Summit/summit, Crescent/crescent
    """),
    trades=trades("""
        Bakery/bakery/food
        Brewing Co./brewing/food
        Coffee House/coffee/hospitality
        Hotel/hotel/hospitality
        Motors/motors/automotive
        Dental Practice/dental/health
        Veterinary Clinic/vets/health
        Primary School/school/education
        Training/training/education
        Solicitors/solicitors/professional
        Accountants/accountants/professional
        Insurance Brokers/insurance/finance
        Engineering/engineering/manufacturing
        Joinery/joinery/manufacturing
        Print & Sign/print/manufacturing
        Builders/builders/construction
        Architects/architects/construction
        Freight/freight/logistics
        Garden Centre/garden/retail
        Hardware/hardware/retail
        Software/software/technology
        Fitness/fitness/leisure
        Housing Association/housing/public
    """),
    company=["{brand} {trade} Ltd", "{brand} {trade}", "{brand} {trade} LLP"],
    street="{no} {street}",
    streets=lines("""
        High Street
        Station Road
        Victoria Road
        Church Lane
        Mill Lane
        King's Parade
        Queen Street
        Park Avenue
        Canal Wharf
        Market Square
        Bridge Street
        Castle Hill
        Dock Road
        Springfield Business Park
        The Old Tannery
    """),
    places=[
        Place("London", "GB", "EC#A #@@", Dial("+442079460", 100, 900)),
        Place("London", "GB", "SE1# #@@", Dial("+442079460", 100, 900)),
        Place("Manchester", "GB", "M1# #@@", Dial("+441614960", 100, 900)),
        Place("Leeds", "GB", "LS# #@@", Dial("+441134960", 100, 900)),
        Place("Sheffield", "GB", "S1# #@@", Dial("+441144960", 100, 900)),
        Place("Bristol", "GB", "BS# #@@", Dial("+441174960", 100, 900)),
        Place("Birmingham", "GB", "B1# #@@", Dial("+441214960", 100, 900)),
        Place("Edinburgh", "GB", "EH# #@@", Dial("+441314960", 100, 900)),
        Place("Glasgow", "GB", "G1# #@@", Dial("+441414960", 100, 900)),
        Place("Cardiff", "GB", "CF1# #@@", Dial("+442920180", 100, 900)),
        Place("Dubai", "AE", "", Dial("+9714", 2_200_000, 2_700_000)),
        Place("Abu Dhabi", "AE", "", Dial("+9712", 6_200_000, 700_000)),
    ],
    roles=roles("""
        Managing director *
        Owner *
        Head of procurement *
        Practice manager *
        Operations manager *
        Facilities manager
        Office manager
        Receptionist
        Accounts payable
        Caretaker
        Shift supervisor
        HR adviser
    """),
    home_roles=["Partner", "Parent", "Neighbour with a key", "Landlord"],
    tags=lines("""
        VIP
        service contract
        60 days
        before noon
        loading bay
        coffee machine
        water cooler
        tender
        referral
        trade fair
        no lift
        hard water
    """),
    account_notes=lines("""
        Invoices go to accounts payable, never to reception.
        Deliveries through the back gate; ring ten minutes before.
        Came to us after repeated breakdowns elsewhere. Response time matters most.
        The contract renews yearly; start talking two months ahead.
        Wants two more machines for the new floor once the building work is done.
        Very hard water here: filters every four months.
        Asked for a volume discount. 7% agreed until the end of the year.
        Their second site still buys from somebody else.
        Pays on time, no reminders needed.
        Please don't call during the school run.
    """),
    contact_notes=lines("""
        Best reached before ten in the morning.
        Talk money here, but the director decides.
        Prefers a message before a call.
        Met at the trade fair in Birmingham.
        On leave until the start of next month.
    """),
    subjects=by_kind("""
        call: Introduction call
        call: Follow-up on the quote
        call: Question about an invoice
        call: Arranging a visit
        call: How is the new machine?
        meeting: First meeting
        meeting: Showing the new coffee machine
        meeting: Service contract renewal
        meeting: Agreeing terms
        mail: Quote sent
        mail: Catalogue and price list
        mail: Order confirmation
        mail: Minutes of our meeting
        visit: Service visit
        visit: Water cooler installed
        visit: Filters changed
        visit: Site survey
        note: Note
        note: News from the field
    """),
    bodies=by_kind("""
        reached: All fine. Asked for the details by e-mail.
        reached: Short call, in the middle of a meeting. Continue tomorrow.
        no_answer: No answer, will try again this afternoon.
        no_answer: Engaged three times in a row.
        left_message: Left a message with reception.
        left_message: Voicemail with our number.
        positive: Impressed. Waiting for a revised quote with two units.
        visit.positive: Installed and tested. Tastes good, customer happy.
        negative: Too expensive; staying with the current supplier until the new year.
        visit.negative: No access to the fuse box, has to be arranged again.
        follow_up: Come back after the holidays with a three-year price.
        visit.follow_up: Part missing: double tap. Order it and return.
        -: As discussed this morning.
        -: Sent with the current price list.
        -: Check with the warehouse what is in stock.
        visit.positive: Filters changed and descaled. Pressure is fine.
        visit.negative: The place was closed. Left a card.
        visit.follow_up: Mended for now; bring a new pump.
    """),
    tasks=by_kind("""
        call: Call about the quote
        call: Ask whether the machine arrived
        call: Ring procurement back
        call: Contract renewal call
        visit: First visit
        visit: Quarterly visit
        visit: Measure up before the installation
        mail: Send the minutes
        mail: Send the coffee machine catalogue
        quote: Quote for three water coolers
        quote: Revise the quote with the discount
        quote: Quote for a yearly service contract
        service: Change the water cooler's filter
        service: Leak under the sink
        service: Coffee machine does not heat
        service: Descale
        delivery: Deliver 12 kg of coffee beans
        delivery: Hand over replacement filters
        paperwork: Get the contract signed
        paperwork: Chase the unpaid invoice
        paperwork: Update the accounts department's details
        other: Order holiday presents
        other: Tidy up duplicate customers
    """),
    task_notes=by_kind("""
        -: We promised an answer by the end of the day.
        field: Take the ladder and the pipe wrench.
        field: Ask the guard for the car park code.
        -: The papers are in the customer file.
        -: Urgent for them: there is an event at the weekend.
        -: If nobody answers, talk to accounts payable.
    """),
)
