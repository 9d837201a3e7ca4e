// The site's own behaviour beside htmx. Reading and answering work without it.

import { announceResults } from "./site/announce.js";
import { warnOfCookies } from "./site/cookies.js";
import { watchIdentity } from "./site/identity.js";
import { keepFocus } from "./site/focus.js";
import { openOverPages } from "./site/openers.js";
import { orderSteps } from "./site/steps.js";
import { reportTrouble } from "./site/trouble.js";
import { switchTheme } from "./site/theme.js";

announceResults(document);
keepFocus(document);
watchIdentity(document);
openOverPages(document);
orderSteps(document);
reportTrouble(document);
switchTheme(document);
warnOfCookies(document);
