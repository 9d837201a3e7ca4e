//! Objects without members, which hold something of Rust's and free it when nobody has them any more.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::class::{JsClass, Readable, Trace, Tracer};
use rquickjs::function::Constructor;
use rquickjs::{Class, Ctx, Exception, JsLifetime, Object, Result};

/// What JavaScript has of it, until it is closed.
pub(super) struct Handle<T>(RefCell<Option<Rc<T>>>);

// SAFETY: nothing in it is JavaScript's.
unsafe impl<T: 'static> JsLifetime<'_> for Handle<T> {
    type Changed<'to> = Self;
}

impl<'js, T> Trace<'js> for Handle<T> {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

impl<'js, T: 'static> JsClass<'js> for Handle<T> {
    const NAME: &'static str = "Handle";
    type Mutable = Readable;

    fn prototype(_: &Ctx<'js>) -> Result<Option<Object<'js>>> {
        Ok(None)
    }

    fn constructor(_: &Ctx<'js>) -> Result<Option<Constructor<'js>>> {
        Ok(None)
    }
}

impl<T: 'static> Handle<T> {
    pub(super) fn new<'js>(ctx: &Ctx<'js>, held: T) -> Result<Class<'js, Self>> {
        Class::instance(ctx.clone(), Self(RefCell::new(Some(Rc::new(held)))))
    }

    /// What it holds; the library does not ask when that is gone.
    pub(super) fn get(&self, ctx: &Ctx<'_>) -> Result<Rc<T>> {
        let held = self.0.borrow().clone();
        held.ok_or_else(|| Exception::throw_message(ctx, "it is closed"))
    }

    pub(super) fn close(&self) {
        self.0.take();
    }
}
