// Lays a lesson's page out as this browser had it, before its first paint: a classic script in the head.

import { applyAll } from "./layout/settings.js";

applyAll();
