"""Who gets which page: every address of the project, for every role, in every state of a round (DESIGN section 6)."""

# One mark for each state (draft usulan tim polling kepala result decreed announced), or one that holds in all of them:
# o the page, > somewhere else, . not found, x no page to look at. Oki is an outsider, Ratna an employee, Siti the head
# of the unit that the addresses name, Bambang that of another; Maya scores, Lina chairs, Hadi heads the office, Kartika
# is its committee, Wulan the witness. Siti, Wulan and Hadi hold parts of the key.
TABLE = """
                          oki      ratna    siti     bambang  maya     lina     hadi     kartika  wulan
rounds:tasks              o        o        o        o        o        o        o        o        o
rounds:list               o        o        o        o        o        o        o        o        o
rounds:create             .        .        .        .        .        .        .        o        .
rounds:detail             .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
rounds:rules              .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
rounds:schedule           .        .        .        .        .        .        .        o....... .
rounds:team               .        .        .        .        .        .ooooooo .ooooooo o        .ooooooo
rounds:remove_member      .        .        .        .        .        .        .        o        .
rounds:open               .        .        .        .        .        .        .        o....... .
rounds:close              .        .        .        .        .        ..o..... ....o... .o.o.... .
rounds:advance            .        .        .        .        .        ....o... .        .oooo... .
rounds:extend             .        .        .        .        .        .        .        o        .
rounds:reopen             .        .        .        .        .        ..o..... ....o... .o.o.... .
rounds:approve            .        .        .        .        .        .        .ooooooo .        .
rounds:send_back          .        .        .        .        .        .        .ooooooo .        .
rounds:announce           .        .        .        .        .        .        .        o        .
rounds:cancel             .        .        .        .        .        .        .        o        .
rounds:audit              .        .        .        .        .        .ooooooo .ooooooo o        .ooooooo
rounds:download_audit     .        .        .        .        .        .ooooooo .ooooooo o        .ooooooo
people:activate           o        o        o        o        o        o        o        o        o
people:login              >        >        >        >        >        >        >        >        >
people:again              o        o        o        o        o        o        o        o        o
people:logout             x        x        x        x        x        x        x        x        x
people:password_change    o        o        o        o        o        o        o        o        o
people:list               .        .        .        .        .        .        .        o        .
people:add                .        .        .        .        .        .        .        o        .
people:import             .        .        .        .        .        .        .        o        .
people:import_check       .        .        .        .        .        .        .        o        .
people:import_apply       .        .        .        .        .        .        .        o        .
people:import_undo        .        .        .        .        .        .        .        o        .
people:export             .        .        .        .        .        .        .        o        .
people:edit               .        .        .        .        .        .        .        o        .
people:retire             .        .        .        .        .        .        .        o        .
people:restore            .        .        .        .        .        .        .        o        .
people:units              .        .        .        .        .        .        .        o        .
people:add_unit           .        .        .        .        .        .        .        o        .
people:unit               .        .        .        .        .        .        .        o        .
people:add_deputy         .        .        .        .        .        .        .        o        .
people:roles              .        .        .        .        .        .        .        o        .
people:add_to_committee   .        .        .        .        .        .        .        o        .
people:remove_from_committee .     .        .        .        .        .        .        o        .
people:end_deputy         .        .        .        .        .        .        .        o        .
demo:login                .        .        .        .        .        .        .        .        .
nominations:overview      .        ...ooooo .>>>>>>> .>>>>>>> ...ooooo .ooooooo .ooooooo o        .ooooooo
nominations:finalists     .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
nominations:evidence      .        ...ooooo .ooooooo ...ooooo ..oooooo .ooooooo .ooooooo .ooooooo .ooooooo
nominations:photo         .        ...ooooo .ooooooo ...ooooo ..oooooo .ooooooo .ooooooo .ooooooo .ooooooo
nominations:proposal      .        .        .ooooooo .        .        .ooooooo .ooooooo .ooooooo .ooooooo
nominations:people        .        .        .ooooooo .        .        .        .        .        .
nominations:assess        .        .        .o>>>>>> .        .        .        .        .        .
nominations:name          x        x        x        x        x        x        x        x        x
nominations:unname        x        x        x        x        x        x        x        x        x
nominations:discard       .        .        .ooooooo .        .        .        .        .        .
nominations:skip          .        .        .ooooooo .        .        .        .        .        .
nominations:unskip        x        x        x        x        x        x        x        x        x
nominations:submit        .        .        .ooooooo .        .        .        .        .        .
nominations:withdraw      .        .        .ooooooo .        .        .        .        .        .
nominations:return        .        .        .        .        .        .        .        .ooooooo .
nominations:waive         .        .        .        .        .        .        .        .ooooooo .
scoring:stage             .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:sheet             .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:column            .        .        .        .        ..oooooo ..oooooo .        .        .
scoring:recuse            .        .        .        .        ..oooooo ..oooooo .        .        .
scoring:discussion        .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:head              .        .        .        .        .        ....oooo ....oooo ....oooo ....oooo
scoring:results           .        .......o .......o .......o ...ooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:download          .        .        .        .        .        ..oooooo ..oooooo ..oooooo ..oooooo
scoring:tie               .        .        .        .        .        ...ooooo ...ooooo ...ooooo ...ooooo
scoring:explain           .        .......o .......o .......o ...ooooo ..oooooo ..oooooo ..oooooo ..oooooo
scoring:bundle            .        .        .        .        .        .....ooo .....ooo .....ooo .....ooo
voting:ballot             .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:receipts           ....oooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:kiosk              ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:box                .        ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo ...ooooo
voting:count              .        .        .        .        .        .        .        ...ooooo .
voting:keys               .        .        ...ooooo .        .        ...ooooo ...ooooo ...ooooo ...ooooo
voting:own_part           .        .        ...>>>>> .        .        .        .        .        ...>>>>>
voting:lost               .        .        ...ooooo .        .        .        .        ...ooooo .
voting:renew              .        .        .        .        .        .        .        ...ooooo .
voting:bring              x        x        x        x        x        x        x        x        x
documents:list            .        .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo .ooooooo o        .ooooooo
documents:prepare         .        .        .        .        .        .        .        >>>>>o>> .
documents:draft           .        .        .        .        .        .>>>>o>> .>>>>o>> >>>>>o>> .>>>>o>>
documents:issue           .        .        .        .        .        .        .        o        .
documents:certificates    .        .        .        .        .        .        .        o        .
documents:closing_minutes .        .        .        .        .        .        .        o        .
documents:count_minutes   .        .        .        .        .        .        .        o        .
documents:voter_cards     .        .        .        .        .        .        .        ...ooooo .
documents:archive         .        .        .        .        .        ......oo ......oo ......oo ......oo
documents:supersede       .        .        .        .        .        .        .        ......oo .
documents:revoke          .        .        .        .        .        .        .        ......oo .
documents:download        .        .......o .......o .......o .......o ......oo ......oo ......oo ......oo
documents:activation      .        .        .        .        .        .        .        o        .
documents:ask             o        o        o        o        o        o        o        o        o
documents:verify          ......oo ......oo ......oo ......oo ......oo ......oo ......oo ......oo ......oo
documents:announcement    .......o .......o .......o .......o .......o .......o .......o .......o .......o
documents:winner_photo    .......o .......o .......o .......o .......o .......o .......o .......o .......o
documents:letterhead      .        .        .        .        .        .        .        o        .
documents:sample          .        .        .        .        .        .        .        o        .
documents:crest           o        o        o        o        o        o        o        o        o
set_language              >        >        >        >        >        >        >        >        >
healthz                   o        o        o        o        o        o        o        o        o
"""
MARKS = {200: "o", 302: ">", 404: ".", 405: "x"}
ROLES, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
EXPECTED = {name: dict(zip(ROLES, cells, strict=True)) for name, *cells in ROWS}
