use super::*;

fn code(text: &str, dialect: Dialect) -> String {
    let made = transpile("server.tsx", text, dialect, &Settings::default());
    made.unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
        .code
}

fn refused(text: &str, dialect: Dialect) -> SyntaxFault {
    transpile("server.tsx", text, dialect, &Settings::default()).expect_err(text)
}

#[test]
fn types_go_and_what_runs_stays() {
    let text = "import { type A, b, C } from './x';\nexport const n: number = b(1 as number)!;\nlet c: C;\n";
    let made = code(text, Dialect::TypeScript);
    assert!(
        made.starts_with("import { b } from \"./x\";\nexport const n = b(1);"),
        "{made}"
    );
}

#[test]
fn enums_namespaces_and_parameter_properties_become_code() {
    let text = "enum Colour { Red, Green = 'g' }\nnamespace Page { export const size = 2; }\n\
                class Point { constructor(private x = Page.size) {} }";
    let made = code(text, Dialect::TypeScript);
    for part in ["\"Red\"", "\"g\"", "size = 2", "this.x = x"] {
        assert!(made.contains(part), "{part}: {made}");
    }
}

#[test]
fn jsx_calls_hono_or_what_the_project_says() {
    let text = "export const page = <p class=\"a\">&amp; {1}</p>;";
    let made = code(text, Dialect::TypeScriptWithJsx);
    assert!(made.contains("from \"hono/jsx/jsx-runtime\""), "{made}");
    let pragma = code(
        &format!("/** @jsxImportSource preact */\n{text}"),
        Dialect::Jsx,
    );
    assert!(pragma.contains("from \"preact/jsx-runtime\""), "{pragma}");
    let settings = Settings::read(
        "{ // as written by hand\n\"compilerOptions\": { \"jsx\": \"react\", \"jsxFactory\": \"h\", /* , */ }, }",
    );
    let made = transpile(
        "a.tsx",
        text,
        Dialect::TypeScriptWithJsx,
        &settings.unwrap(),
    )
    .unwrap();
    assert!(made.code.contains("h(\"p\""), "{}", made.code);
}

#[test]
fn a_place_in_the_code_is_found_in_the_file() {
    let text = "interface A { a: string }\n\n// why\nconst f = (a: A): never => {\n  throw new Error(a.a as string);\n};\n";
    let made = transpile("a.ts", text, Dialect::TypeScript, &Settings::default()).unwrap();
    let (line, column) = made
        .code
        .lines()
        .enumerate()
        .find_map(|(line, text)| text.find("Error").map(|column| (line + 1, column + 1)))
        .unwrap();
    let place = made
        .places
        .own(line.try_into().unwrap(), column.try_into().unwrap());
    assert_eq!(place, (5, 13), "{}", made.code);
}

#[test]
fn a_fault_has_its_words_and_its_place() {
    let fault = refused(
        "const a: number = 1;\nfunction f() {\n  if (a {\n}\n",
        Dialect::TypeScript,
    );
    assert_eq!((fault.line, fault.column), (3, 9), "{fault:?}");
    assert!(fault.message.contains("Expected `)`"), "{fault:?}");
    let twice = refused(
        "let ä = 1;\nconst a: number = 1; const a = 2;",
        Dialect::TypeScript,
    );
    assert_eq!((twice.line, twice.column), (2, 28), "{twice:?}");
    let open = refused("const a = <div><b></div>;", Dialect::TypeScriptWithJsx);
    assert!(open.message.contains("closing tag for 'b'"), "{open:?}");
}

#[test]
fn decorators_are_those_of_typescript_where_the_project_says_so() {
    let text = "const log = (t: object) => t;\nclass A { @log go() {} }";
    let fault = refused(text, Dialect::TypeScript);
    assert_eq!((fault.line, fault.column), (2, 11));
    assert!(fault.message.contains("experimentalDecorators"));
    let settings = r#"{"compilerOptions":{"experimentalDecorators":true}}"#;
    let settings = Settings::read(settings).unwrap();
    let made = transpile("a.ts", text, Dialect::TypeScript, &settings).unwrap();
    assert!(
        made.code.contains("from \"hxlab/helpers/decorate\""),
        "{}",
        made.code
    );
}

#[test]
fn an_accessor_is_refused_in_a_sentence_and_may_be_a_name() {
    let fault = refused("class A {\n  accessor x = 1;\n}", Dialect::TypeScript);
    assert_eq!((fault.line, fault.column), (2, 3));
    assert!(fault.message.contains("“accessor”"), "{fault:?}");
    let text = "const accessor: number = 1;\nclass A { accessor = accessor; }";
    assert!(transpile("a.ts", text, Dialect::TypeScript, &Settings::default()).is_ok());
}

#[test]
fn settings_are_read_with_comments_and_a_broken_file_is_told() {
    let text = "{\n// no \"quotes\n\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"], \"x//y\": [\",]\"],},},\n}";
    let settings = Settings::read(text).unwrap();
    assert!(settings.leads_elsewhere("@/rooms") && settings.leads_elsewhere("x//y"));
    assert!(!settings.leads_elsewhere("./rooms"));
    for broken in [
        "{",
        "[",
        "{\"a\": /*",
        "\"\\",
        "{\"compilerOptions\": 1}",
        ",]",
    ] {
        let sentence = Settings::read(broken).unwrap_err();
        assert!(sentence.contains("tsconfig.json"), "{broken}: {sentence}");
    }
}
