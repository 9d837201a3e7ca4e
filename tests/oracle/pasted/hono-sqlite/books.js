import Database from "bun:sqlite";

const db = new Database(":memory:");
db.exec(`CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER CHECK (year > 1400), price REAL);
INSERT INTO books (title, year, price) VALUES ('Hypermedia Systems', 2023, 29.5), ('A Pattern Language', 1977, NULL);`);

export const books = (order) => db.query(`SELECT * FROM books ORDER BY ${order}`).all();
export const bookById = (id) => db.query("SELECT * FROM books WHERE id = ?").get(id);
export const removeBook = (id) => db.query("DELETE FROM books WHERE id = ?").run(id).changes > 0;
export function addBook({ title, year, price = null }) {
  return db
    .query("INSERT INTO books (title, year, price) VALUES (?, ?, ?) RETURNING *")
    .get(title, year, price);
}
