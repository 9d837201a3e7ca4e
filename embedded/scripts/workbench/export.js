// Downloads the project as it is here: what is not saved yet is saved first. Without a script the link
// gives what the server holds.

import { notice } from "./notice.js";
import { part } from "./parts.js";

export function offerExport(draft) {
  const link = part("export");
  const download = () => location.assign(link.href);

  link.addEventListener("click", async (event) => {
    if (!draft.dirty) return;
    event.preventDefault();
    if (await draft.save()) download();
    else notice("Your last changes are not saved yet.", "Download what is saved", download);
  });
}
