//! Questions over real sockets: each kind, the tries, help, reviews, and what no page tells.

mod answers;
mod refusals;
mod reviews;
mod secrets;

use crate::actors::program::Program;

const LESSON: &str = "/lessons/asked";

const MARKDOWN: &str = r#"+++
title = "Asked"
summary = "You can answer."
minutes = 5
prerequisites = []
+++

Questions of every kind.

```question order
Which comes first?

1. Step-one
2. Step-two
   : Told-of-step-two.
3. Step-three

explain: Order-explained.
```

```question match
What belongs together?

- `get` => Reads
- `post` => Writes
  : Told-of-post.
- => Deletes
```

```question gaps
Fill them.

~~~html
<ol hx-swap-oob="__how__" id="__id__"></ol>
~~~

__how__ = beforeend
~ innerHTML
  : Told-of-inner.
__id__ = log
```

```question code
Write a link.

code: html
tries: 2
= <a hx-get="/secret-place">More</a>
```

```question text
Which attribute?

points: 3
reveal: 2
= hx-secret
~ *
  : Told-of-text.
hint: Hint-one.
hint: Hint-two.
explain: Text-explained.
```

```question open
Which attribute, again?

reveal: at once
= hx-shown
explain: Open-explained.
```
"#;

fn course() -> Program {
    Program::course(&[
        (
            "course.toml",
            "title = \"The course\"\nsummary = \"Small.\"\n",
        ),
        ("base/server.js", "export default {};"),
        ("README.md", "For authors.\n"),
        (
            "01-unit/unit.toml",
            "title = \"Unit\"\nsummary = \"One.\"\n",
        ),
        ("01-unit/01-asked/index.md", MARKDOWN),
    ])
}

fn of(question: &str) -> String {
    format!("{LESSON}/questions/{question}")
}

/// The name of the field of the step with these words.
fn place_of(page: &str, step: &str) -> String {
    let (before, _) = page.split_once(&format!(">{step}<")).expect("a step");
    let shown = before.rsplit("step-").next().expect("an id");
    format!("place-{}", shown.trim_end_matches('"'))
}
