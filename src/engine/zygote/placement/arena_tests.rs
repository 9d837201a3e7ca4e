use std::rc::Rc;

use rquickjs::{Context, Runtime};

use super::*;
use crate::engine::zygote::host::Host;
use crate::engine::zygote::memory::{Account, Meter};
use crate::engine::zygote::modules::ImportMap;

/// The place of 64 bytes among the sizes.
const SIZE: u8 = 6;

/// Tries an arena of a fresh runtime, and the first block that the engine gave out of it.
fn with_arena(test: impl FnOnce(Arena, *mut u8)) {
    let host = Rc::new(Host::new(ImportMap::new(), Account::default()));
    let runtime = Runtime::new_with_alloc(Meter(Rc::clone(&host))).unwrap();
    let context = Context::base(&runtime).unwrap();
    let ground = host.memory.open_ground(1 << 20).unwrap();
    // SAFETY: the runtime is alive, its allocator is of this ground, and one arena has room there.
    let arena = unsafe { Arena::claim(context.get_runtime_ptr(), ground, SIZE, 0) }.unwrap();
    test(arena, arena.block(0).wrapping_add(1).cast());
}

/// Whether the arena is known while a field, of which this is the address, has one more than the engine wrote.
fn is_known_with_another<T: Copy>(
    (arena, first): (Arena, *mut u8),
    field: *mut T,
    another: impl FnOnce(T) -> T,
) -> bool {
    // SAFETY: the field lies in the arena, which nobody else looks at meanwhile.
    unsafe {
        let engines = *field;
        *field = another(engines);
        let known = arena.is_as_known(first);
        *field = engines;
        known
    }
}

#[test]
fn an_arena_in_which_one_field_is_another_is_not_known() {
    with_arena(|arena, first| {
        let both = (arena, first);
        // SAFETY: the arena is there.
        assert!(unsafe { arena.is_as_known(first) });
        assert!(!unsafe { arena.is_as_known(first.wrapping_add(BLOCK_HEAD)) });
        let head = arena.head;
        let (one, next) = (arena.block(0), arena.block(1));
        // SAFETY: only addresses are taken.
        let (bytes, numbers) = unsafe {
            (
                [
                    &raw mut (*head).size,
                    &raw mut (*one).size,
                    &raw mut (*next).size,
                ],
                [
                    &raw mut (*head).used,
                    &raw mut (*head).count,
                    &raw mut (*head).first_free,
                    &raw mut (*one).number,
                    &raw mut (*next).number,
                ],
            )
        };
        for field in bytes {
            assert!(!is_known_with_another(both, field, |byte| byte + 1));
        }
        for field in numbers {
            assert!(!is_known_with_another(both, field, |number| number + 1));
        }
        let other = Arena {
            size: SIZE + 1,
            ..arena
        };
        // SAFETY: the larger blocks lie in the ground as well.
        assert!(!unsafe { other.is_as_known(first) });
    });
}
