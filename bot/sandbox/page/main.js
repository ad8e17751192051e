// Puts the page together: windows, list, tools, walk; then follows the sandbox.

import { readAddress, writeAddress } from "./address.js";
import { createDesk } from "./desk.js";
import { follow } from "./live.js";
import { createNotices } from "./notices.js";
import { mountFrame } from "./render/frame.js";
import { mountSidebar } from "./render/sidebar.js";
import { createOffice } from "./tools/office.js";
import { mountTools } from "./tools/toolbar.js";
import { mountWalk } from "./walk.js";
import { createReader } from "./world.js";

const notices = createNotices(document.getElementById("toasts"));
const desk = createDesk(document.getElementById("panes"), notices);
const read = createReader();
const office = createOffice();

for (const place of readAddress()) desk.open(place);
mountFrame(desk);
mountSidebar(desk);
mountTools(desk, office, notices);
mountWalk(desk);
desk.subscribe(() => writeAddress(desk.panes.map((pane) => pane.store.state)));
desk.tell();

await follow(
  async () => {
    desk.show(await read());
    office.follow(desk.active.store.state);
  },
  (connected) => desk.show({ connected }),
);
