//! What `error.stack` says. The engine gives the frames alone; Bun's text begins with what the error says of itself,
//! and people print and send it. Where files were transpiled, the frames have the places of the learner's own.
//!
//! Entry point: [`install`], once for the library.

use std::rc::Rc;

use rquickjs::function::This;
use rquickjs::{Ctx, Function, IntoJs, Object, Persistent, Result, Value};

use super::host::Host;

/// Gives the stacks that `Error.captureStackTrace` leaves the same form: `whole` makes it of an error and its frames.
const CAPTURES: &str = r#"(whole) => {
  const { captureStackTrace } = Error;
  const { getOwnPropertyDescriptor } = Object;
  const capture = {
    captureStackTrace(target, from = Error.captureStackTrace) {
      captureStackTrace(target, from);
      const { value } = getOwnPropertyDescriptor(target, "stack") ?? {};
      if (typeof value === "string") target.stack = whole(target, value);
    },
  };
  Error.captureStackTrace = capture.captureStackTrace;
}"#;

/// Gives `stack` its form, whoever reads it. The accessor is native, so that it answers after a limit has stopped all
/// JavaScript, too.
pub(super) fn install(ctx: &Ctx<'_>, host: &Rc<Host>) -> Result<()> {
    let object: Object = ctx.globals().get("Object")?;
    let error: Object = ctx.globals().get("Error")?;
    let prototype: Object = error.get("prototype")?;
    let describe: Function = object.get("getOwnPropertyDescriptor")?;
    let accessor: Object = describe.call((prototype.clone(), "stack"))?;
    let form = Form {
        host: Rc::clone(host),
        title: Persistent::save(ctx, prototype.get::<_, Function>("toString")?),
    };
    let frames = Persistent::save(ctx, accessor.get::<_, Function>("get")?);
    accessor.set("get", form.clone().getter(ctx, frames)?)?;
    let define: Function = object.get("defineProperty")?;
    define.call::<_, ()>((prototype, "stack", accessor))?;
    ctx.eval::<Function, _>(CAPTURES)?
        .call((form.function(ctx)?,))
}

#[derive(Clone)]
struct Form {
    host: Rc<Host>,
    /// The engine's own `Error.prototype.toString`.
    title: Persistent<Function<'static>>,
}

impl Form {
    /// The accessor's `get`, around the engine's.
    fn getter<'js>(
        self,
        ctx: &Ctx<'js>,
        frames: Persistent<Function<'static>>,
    ) -> Result<Function<'js>> {
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, this: This<Value<'js>>| -> Result<Value<'js>> {
                let frames = frames.clone().restore(&ctx)?;
                let stack: Value = frames.call((This(this.clone()),))?;
                match stack.as_string().map(rquickjs::String::to_string) {
                    Some(frames) => self.whole(&ctx, this.0, &frames?).into_js(&ctx),
                    None => Ok(stack),
                }
            },
        )
    }

    /// [`Form::whole`] for JavaScript.
    fn function<'js>(self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        Function::new(
            ctx.clone(),
            move |ctx: Ctx<'js>, error: Value<'js>, frames: String| {
                self.whole(&ctx, error, &frames)
            },
        )
    }

    /// `TypeError: what it says`, and a line for each frame.
    fn whole<'js>(&self, ctx: &Ctx<'js>, error: Value<'js>, frames: &str) -> String {
        let frames = self.host.scripts.own_places(frames.trim_end());
        if let Ok(title) = self.title(ctx, error) {
            return format!("{title}\n{frames}");
        }
        // Its `name` or `message` threw: the frames are true without.
        ctx.catch();
        frames
    }

    fn title<'js>(&self, ctx: &Ctx<'js>, error: Value<'js>) -> Result<String> {
        if error.is_error() {
            self.title.clone().restore(ctx)?.call((This(error),))
        } else {
            Ok("Error".into())
        }
    }
}
