// What the catalogue holds. Prices are in cents and move while the site runs (market.js).
export const kinds = { tea: "Tea", books: "Books", games: "Games" };

export const goods = [
  good("mint-tea", "tea", "Mint tea", 420, true, "Dried on the roof, sharp as a cold morning."),
  good("oolong", "tea", "Oolong", 980, true, "Between green and black. Steep it five times."),
  good("earl-grey", "tea", "Earl Grey", 560, false, "Black tea with oil of bergamot."),
  good("rooibos", "tea", "Rooibos", 390, true, "Red, sweet and without caffeine."),
  good("sencha", "tea", "Sencha", 840, true, "Steamed green tea. Water at 75 °C, no hotter."),
  good("chai", "tea", "Chai spices", 610, false, "Cardamom, ginger, clove, pepper, cinnamon."),
  good("night-trains", "books", "Night trains", 1450, true, "Forty timetables, told as stories."),
  good("bread", "books", "Bread without hurry", 2200, true, "One dough, three days, no machine."),
  good("small-maps", "books", "Small maps", 1290, false, "Every garden in one street, by hand."),
  good("birds", "books", "Birds of the car park", 1120, true, "A field guide for short breaks."),
  good("knots", "books", "Twelve knots", 760, true, "The ones that hold, and how to undo them."),
  good("letters", "books", "Letters to a lighthouse", 1680, true, "It wrote back, in flashes."),
  good("go", "games", "Go, nine by nine", 1850, true, "The short board, for a game in one break."),
  good("marbles", "games", "Marbles", 480, true, "Thirty, and one large one to argue about."),
  good("dominoes", "games", "Dominoes", 1240, false, "Walnut, double nine."),
  good("cards", "games", "Playing cards", 690, true, "Four suits, two jokers, good paper."),
  good("jigsaw", "games", "Jigsaw: the harbour", 1990, true, "A thousand pieces, mostly sky."),
  good("dice", "games", "Ten dice", 350, true, "Wooden, and tested for fairness."),
];

export function money(cents) {
  return `€${(cents / 100).toFixed(2)}`;
}

function good(slug, kind, name, price, inStock, text) {
  return { slug, kind, name, price, inStock, text };
}
