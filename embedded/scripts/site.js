// The site's own behaviour beside htmx. Reading and answering work without it.

import { announceResults } from "./site/announce.js";
import { reportTrouble } from "./site/trouble.js";
import { switchTheme } from "./site/theme.js";

announceResults(document);
reportTrouble(document);
switchTheme(document);
