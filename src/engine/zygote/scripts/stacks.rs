//! Stacks with the places of the learner's own files, where the engine knows those of transpiled code.

use std::rc::Rc;

use rquickjs::function::This;
use rquickjs::{Ctx, Function, IntoJs, Object, Persistent, Result, Value};

use super::Scripts;
use crate::engine::zygote::faults::frame;
use crate::engine::zygote::host::Host;

/// Puts the learner's own places into the stacks that `Error.captureStackTrace` leaves.
const OWN_CAPTURES: &str = r#"(own) => {
  const { captureStackTrace } = Error;
  const capture = {
    captureStackTrace(target, from = Error.captureStackTrace) {
      captureStackTrace(target, from);
      const { value } = Object.getOwnPropertyDescriptor(target, "stack") ?? {};
      if (typeof value === "string") target.stack = own(value);
    },
  };
  Error.captureStackTrace = capture.captureStackTrace;
}"#;

/// From now on `stack` has the learner's own places, whoever reads it. The accessor is native, so that it answers
/// after a limit has stopped all JavaScript, too.
pub(super) fn show_own_places(ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<()> {
    let object: Object = ctx.globals().get("Object")?;
    let error: Object = ctx.globals().get("Error")?;
    let prototype: Object = error.get("prototype")?;
    let describe: Function = object.get("getOwnPropertyDescriptor")?;
    let accessor: Object = describe.call((prototype.clone(), "stack"))?;
    let get = Persistent::save(ctx, accessor.get::<_, Function>("get")?);
    accessor.set("get", own_getter(ctx, host, get)?)?;
    let define: Function = object.get("defineProperty")?;
    define.call::<_, ()>((prototype, "stack", accessor))?;
    let shared = Rc::clone(host);
    let own = Function::new(ctx.clone(), move |stack: String| {
        shared.scripts.own_stack(&stack)
    })?;
    ctx.eval::<Function, _>(OWN_CAPTURES)?.call((own,))
}

fn own_getter<'js>(
    ctx: &Ctx<'js>,
    host: &Rc<Host>,
    get: Persistent<Function<'static>>,
) -> Result<Function<'js>> {
    let shared = Rc::clone(host);
    Function::new(
        ctx.clone(),
        move |ctx: Ctx<'js>, this: This<Value<'js>>| -> Result<Value<'js>> {
            let stack: Value = get.clone().restore(&ctx)?.call((this,))?;
            match stack.as_string().map(rquickjs::String::to_string) {
                Some(text) => shared.scripts.own_stack(&text?).into_js(&ctx),
                None => Ok(stack),
            }
        },
    )
}

impl Scripts {
    /// A stack with the places of transpiled code as they are in the learner's files.
    fn own_stack(&self, stack: &str) -> String {
        let places = self.places.borrow();
        let own = |line: &str| {
            let frame = frame(line)?;
            let (own_line, column) = places.get(&frame.file)?.own(frame.line, frame.column);
            let made = format!("{}:{}:{}", frame.file, frame.line, frame.column);
            let place = format!("{}:{own_line}:{column}", frame.file);
            line.rsplit_once(&made)
                .map(|(start, end)| format!("{start}{place}{end}"))
        };
        let lines = stack.split_inclusive('\n');
        lines
            .map(|line| own(line).unwrap_or_else(|| line.to_owned()))
            .collect()
    }
}
