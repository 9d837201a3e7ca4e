use super::station::wrap;
use super::*;

fn stops(count: u32) -> Vec<PathStop> {
    let stop = |number| PathStop {
        number,
        title: format!("Lesson number {number}"),
        address: format!("/lessons/{number}"),
        state: Completion::Ahead,
        share: 0.0,
        next: number == 1,
        words: "9 min".to_owned(),
        unit: (number % 4 == 1).then(|| (number, "A unit".to_owned())),
    };
    (1..=count).map(stop).collect()
}

#[test]
fn the_wide_path_winds_and_stays_inside_its_picture() {
    let drawing = wide(&stops(30));
    let place = |index: usize| (drawing.stations[index].x, drawing.stations[index].y);
    assert!(place(0).0 < place(5).0, "the first row goes to the right");
    assert_eq!(place(5).0, place(6).0, "the second begins below its end");
    assert!(place(6).0 > place(11).0, "and goes back");
    for station in &drawing.stations {
        assert!(station.reach.x >= 0 && station.reach.x + station.reach.width <= drawing.width);
        assert!(station.reach.y >= 0 && station.reach.y + station.reach.height <= drawing.height);
    }
}

#[test]
fn the_narrow_path_goes_down_without_overlaps() {
    let drawing = narrow(&stops(30));
    for pair in drawing.stations.windows(2) {
        let end = pair[0].reach.y + pair[0].reach.height;
        assert!(end <= pair[1].reach.y, "{end} > {}", pair[1].reach.y);
    }
    let last = &drawing.stations[29].reach;
    assert!(last.y + last.height <= drawing.height);
}

#[test]
fn a_course_of_nothing_or_of_one_lesson_has_a_picture_too() {
    for count in [0, 1] {
        assert_eq!(wide(&stops(count)).track, "");
        assert_eq!(narrow(&stops(count)).stations.len(), count as usize);
    }
}

#[test]
fn the_track_is_travelled_after_a_lesson_that_is_done() {
    let mut stops = stops(3);
    stops[1].state = Completion::Done;
    let drawing = narrow(&stops);
    let (from, to) = (&drawing.stations[1], &drawing.stations[2]);
    assert_eq!(
        drawing.travelled,
        format!("M{} {}L{} {}", from.x, from.y, to.x, to.y)
    );
    assert_eq!(
        drawing.stations[0].label,
        "Lesson 1: Lesson number 1, 9 min, next"
    );
}

#[test]
fn a_long_title_is_broken_between_words_and_cut_with_a_sign() {
    assert_eq!(
        wrap("Several places at once", 14, 2),
        ["Several places", "at once"]
    );
    assert_eq!(wrap("One two three four", 5, 2), ["One", "two…"]);
    assert_eq!(wrap("Unbreakablewordhere", 8, 2), ["Unbreak…"]);
}
