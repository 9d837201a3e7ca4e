// The module “bun:sqlite”: databases in memory, on natives that the engine gives as `__sqlite` (see
// src/engine/zygote/natives/sqlite.rs).

import { constants } from "./sqlite/constants.js";
import { Database } from "./sqlite/database.js";
import { SQLiteError } from "./sqlite/error.js";
import { Statement } from "./sqlite/statement.js";

export { constants, Database, SQLiteError, Statement };
export default Database;
export const __esModule = true;
