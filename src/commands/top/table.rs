//! The table of `hxlab top` as lines of text that fit the terminal.

use super::Sort;
use super::rates::{Rates, Row};
use crate::web::control::wire::Portion;

/// How much fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl Room {
    pub(super) const ENDLESS: Self = Self {
        columns: usize::MAX,
        rows: usize::MAX,
    };
}

/// A column: its head, its cells, and what happens to it where there is no room.
struct Column {
    head: &'static str,
    cell: fn(&Row) -> String,
    is_number: bool,
    /// Its cells are cut to so many characters before any column is left out.
    short: usize,
    /// The highest is left out first; 0 never.
    left_out: u8,
    /// What it is sorted by when it stays in any case.
    sort: Option<Sort>,
}

/// How much of a sandbox's id a narrow terminal shows, with the sign that it is cut: enough for `hxlab stop`.
const SHORT: usize = 9;
const BETWEEN: &str = "  ";

const COLUMNS: [Column; 9] = [
    number("CPU", |row| percent(row.cpu_permille), 0, Sort::Cpu),
    number("MEMORY", |row| bytes(row.memory_bytes), 0, Sort::Memory),
    number("CLIENTS", |row| row.clients.to_string(), 4, Sort::Clients),
    number(
        "REQ/S",
        |row| row.requests_a_second.to_string(),
        5,
        Sort::Requests,
    ),
    number("BYTES/S", |row| bytes(row.bytes_a_second), 6, Sort::Bytes),
    Column {
        is_number: true,
        ..text(
            "LEARNER",
            |row| row.learner.map_or_else(none, |it| it.to_string()),
            (usize::MAX, 2),
        )
    },
    // Of IPv4 the whole.
    text(
        "ADDRESS",
        |row| {
            row.address
                .clone()
                .unwrap_or_else(|| "this machine".to_owned())
        },
        (15, 1),
    ),
    text(
        "LESSON",
        |row| row.lesson.clone().unwrap_or_else(|| "(a check)".to_owned()),
        (12, 3),
    ),
    text("SANDBOX", |row| row.sandbox.clone(), (SHORT, 0)),
];

const fn number(head: &'static str, cell: fn(&Row) -> String, left_out: u8, sort: Sort) -> Column {
    Column {
        is_number: true,
        sort: Some(sort),
        ..text(head, cell, (usize::MAX, left_out))
    }
}

const fn text(
    head: &'static str,
    cell: fn(&Row) -> String,
    (short, left_out): (usize, u8),
) -> Column {
    Column {
        head,
        cell,
        is_number: false,
        short,
        left_out,
        sort: None,
    }
}

fn none() -> String {
    "-".to_owned()
}

/// What fills a terminal anew, from its first line on.
pub(super) fn screen(rates: &Rates, room: Room) -> String {
    // The last line stays free, so that nothing scrolls.
    let rows = room.rows.saturating_sub(1);
    let lines = lines(rates, Room { rows, ..room });
    // To the first place, each line to its end, and nothing below.
    format!("\x1b[H{}\x1b[K\n\x1b[J", lines.join("\x1b[K\n"))
}

/// The whole, and below it as many sandboxes as there is room for.
pub(super) fn lines(rates: &Rates, room: Room) -> Vec<String> {
    let mut lines = whole(rates);
    lines.push(String::new());
    if rates.sandboxes.is_empty() {
        lines.push("No learner's server runs.".to_owned());
    } else {
        let fit = room.rows.saturating_sub(lines.len() + 1);
        let are_too_many = rates.sandboxes.len() > fit;
        let shown = if are_too_many {
            fit.saturating_sub(1)
        } else {
            fit
        };
        let shown = &rates.sandboxes[..shown.min(rates.sandboxes.len())];
        lines.extend(table(shown, room.columns, rates.sort));
        if are_too_many {
            lines.push(format!(
                "… and {} more",
                rates.sandboxes.len() - shown.len()
            ));
        }
    }
    lines.truncate(room.rows);
    lines
        .into_iter()
        .map(|line| cut(&line, room.columns))
        .collect()
}

fn whole(rates: &Rates) -> Vec<String> {
    let Portion { taken, limit } = rates.budget_bytes;
    let of = |it: Portion| format!("{} of {}", it.taken, it.limit);
    let refused = rates.refused_a_second.iter();
    let refused: Vec<_> = refused
        .map(|(reason, times)| format!("{reason} {times}"))
        .collect();
    vec![
        format!(
            "hxlab {}, up {}: memory {}, servers' memory {}",
            rates.version,
            up(rates.up_seconds),
            bytes(rates.memory_bytes),
            bytes(rates.servers_memory_bytes)
        ),
        format!(
            "connections {}, servers {}, live sandboxes {}",
            of(rates.connections),
            of(rates.servers),
            rates.live_sandboxes
        ),
        format!(
            "memory for clients {} of {}, waiting for WebSocket clients {}",
            bytes(taken as u64),
            bytes(limit as u64),
            bytes(rates.queued_bytes as u64)
        ),
        format!(
            "answers/s {}, turned away/s: {}",
            rates.answers_a_second,
            if refused.is_empty() {
                "nobody".to_owned()
            } else {
                refused.join(", ")
            }
        ),
    ]
}

fn table(rows: &[Row], columns: usize, sort: Sort) -> Vec<String> {
    let mut shown: Vec<&Column> = COLUMNS.iter().collect();
    let mut cells = of(rows, &shown);
    while width(&shortest(&cells, &shown)) > columns
        && let Some(place) = first_left_out(&shown, sort)
    {
        shown.remove(place);
        cells = of(rows, &shown);
    }
    // What is last here gives way last.
    for head in ["SANDBOX", "ADDRESS", "LESSON"] {
        let over = width(&cells).saturating_sub(columns);
        if let (1.., Some(place)) = (over, shown.iter().position(|it| it.head == head)) {
            let room = widths(&cells)[place].saturating_sub(over);
            shorten(&mut cells, place, room.max(shown[place].short));
        }
    }
    let widths = widths(&cells);
    cells
        .iter()
        .map(|line| aligned(line, &widths, &shown))
        .collect()
}

/// The cells with all names cut as short as they may be.
fn shortest(cells: &[Vec<String>], columns: &[&Column]) -> Vec<Vec<String>> {
    let mut cells = cells.to_vec();
    for (place, column) in columns.iter().enumerate() {
        shorten(&mut cells, place, column.short);
    }
    cells
}

fn shorten(cells: &mut [Vec<String>], place: usize, most: usize) {
    for line in cells.iter_mut() {
        line[place] = cut(&line[place], most);
    }
}

/// Where the column is that is left out next.
fn first_left_out(shown: &[&Column], sort: Sort) -> Option<usize> {
    let stays = |it: &Column| it.left_out == 0 || it.sort == Some(sort);
    let may_go = shown.iter().enumerate().filter(|(_, it)| !stays(it));
    may_go
        .max_by_key(|(_, it)| it.left_out)
        .map(|(place, _)| place)
}

/// The heads, and a line for each row.
fn of(rows: &[Row], columns: &[&Column]) -> Vec<Vec<String>> {
    let heads = columns.iter().map(|it| it.head.to_owned()).collect();
    let line = |row| columns.iter().map(|it| (it.cell)(row)).collect();
    std::iter::once(heads)
        .chain(rows.iter().map(line))
        .collect()
}

fn widths(cells: &[Vec<String>]) -> Vec<usize> {
    let columns = cells.first().map_or(0, Vec::len);
    let width = |column: usize| cells.iter().map(|line| line[column].chars().count()).max();
    (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect()
}

fn width(cells: &[Vec<String>]) -> usize {
    let widths = widths(cells);
    widths.iter().sum::<usize>() + BETWEEN.len() * widths.len().saturating_sub(1)
}

fn aligned(line: &[String], widths: &[usize], columns: &[&Column]) -> String {
    let cells = line.iter().zip(widths).zip(columns);
    let cells = cells.map(|((cell, width), column)| {
        if column.is_number {
            format!("{cell:>width$}")
        } else {
            format!("{cell:<width$}")
        }
    });
    let line = cells.collect::<Vec<_>>().join(BETWEEN);
    line.trim_end().to_owned()
}

fn cut(line: &str, columns: usize) -> String {
    if line.chars().count() <= columns {
        return line.to_owned();
    }
    let kept: String = line.chars().take(columns.saturating_sub(1)).collect();
    kept + "…"
}

/// Of one core.
fn percent(permille: u64) -> String {
    format!("{}.{} %", permille / 10, permille % 10)
}

fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut whole, mut tenth, mut unit) = (bytes, 0, 0);
    while whole >= 1024 && unit + 1 < UNITS.len() {
        tenth = whole % 1024 * 10 / 1024;
        whole /= 1024;
        unit += 1;
    }
    match (unit, whole) {
        (0, _) | (_, 10..) => format!("{whole} {}", UNITS[unit]),
        _ => format!("{whole}.{tenth} {}", UNITS[unit]),
    }
}

fn up(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, ..) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(count: usize) -> Rates {
        let row = |number: usize| Row {
            sandbox: format!("{number:026}"),
            learner: Some(7),
            lesson: Some("a-websocket-in-html".to_owned()),
            address: Some("192.0.2.1".to_owned()),
            cpu_permille: 1_234,
            memory_bytes: 1_572_864,
            clients: 3,
            requests_a_second: 40,
            bytes_a_second: 20_480,
            ..Row::default()
        };
        Rates {
            version: "1.0.0".to_owned(),
            up_seconds: 3_700,
            refused_a_second: vec![("feeds".to_owned(), 12)],
            sandboxes: (0..count).map(row).collect(),
            ..Rates::default()
        }
    }

    #[test]
    fn a_wide_terminal_shows_all_of_it() {
        let lines = lines(&rates(1), Room::ENDLESS);
        assert!(
            lines[0].starts_with("hxlab 1.0.0, up 1 h 1 min: "),
            "{lines:#?}"
        );
        assert_eq!(lines[3], "answers/s 0, turned away/s: feeds 12");
        let table = [
            "    CPU   MEMORY  CLIENTS  REQ/S  BYTES/S  LEARNER  ADDRESS    LESSON               SANDBOX",
            "123.4 %  1.5 MiB        3     40   20 KiB        7  192.0.2.1  a-websocket-in-html  \
             00000000000000000000000000",
        ];
        assert_eq!(lines[5..], table);
    }

    #[test]
    fn a_narrow_one_leaves_columns_out_and_lines_never_wrap() {
        for columns in [30, 40, 60, 80, 100] {
            let lines = lines(&rates(3), Room { columns, rows: 24 });
            assert!(
                lines.iter().all(|it| it.chars().count() <= columns),
                "{lines:#?}"
            );
            let head = lines.iter().find(|it| it.contains("CPU")).unwrap();
            assert!(head.contains("SANDBOX"), "{head}");
        }
        let narrow = lines(
            &rates(1),
            Room {
                columns: 30,
                rows: 24,
            },
        );
        assert!(narrow.last().unwrap().ends_with("00000000…"), "{narrow:#?}");
    }

    #[test]
    fn eighty_columns_show_who_it_is_and_what_it_is_sorted_by() {
        let room = Room {
            columns: 80,
            rows: 24,
        };
        let mut rates = rates(1);
        let table = [
            "    CPU   MEMORY  CLIENTS  REQ/S  LEARNER  ADDRESS    LESSON           SANDBOX",
            "123.4 %  1.5 MiB        3     40        7  192.0.2.1  a-websocket-in…  00000000…",
        ];
        assert_eq!(lines(&rates, room)[5..], table);
        rates.sort = Sort::Bytes;
        rates.sandboxes[0].address = Some("2001:db8:1234:5678::".to_owned());
        let by_bytes = lines(&rates, room);
        assert!(by_bytes[5].contains("BYTES/S"), "{by_bytes:#?}");
        assert!(by_bytes[6].contains("2001:db8:1234:…"), "{by_bytes:#?}");
    }

    #[test]
    fn a_low_one_says_how_many_more_there_are() {
        let room = Room {
            columns: 200,
            rows: 12,
        };
        let many = lines(&rates(500), room);
        assert_eq!(many.len(), 12);
        assert_eq!(many.last().unwrap(), "… and 495 more");
        assert_eq!(lines(&rates(6), room).len(), 12);
        assert!(!lines(&rates(6), room).last().unwrap().contains("more"));
        assert!(
            lines(
                &rates(9),
                Room {
                    columns: 9,
                    rows: 2
                }
            )
            .len()
                <= 2
        );
        let nobody = lines(&rates(0), room);
        assert_eq!(nobody.last().unwrap(), "No learner's server runs.");
    }

    #[test]
    fn bytes_have_the_unit_that_reads_best() {
        let all = [0, 1023, 1024, 1536, 10 * 1024, 3 << 30].map(bytes);
        assert_eq!(
            all,
            ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "10 KiB", "3.0 GiB"]
        );
    }
}
