//! A lesson's page as one learner sees it: the skeleton, and what stands in its gaps.

use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};

use super::skeleton::{GapPart, PageSlot, Skeleton, SkeletonPart};
use crate::web::pages::gzip::{Effort, Member};
use crate::web::pages::piece::Piece;

/// A page that lacks only what differs from answer to answer.
pub(in crate::web) struct Filled {
    skeleton: Arc<Skeleton>,
    /// What stands in each gap, in their order; nothing in those of [`Varying`].
    gaps: Vec<Vec<GapPart>>,
    /// How long the page is, without what varies.
    length: usize,
    /// How much of that nobody else's page has.
    own_bytes: usize,
}

/// What differs from answer to answer.
pub(super) struct Varying<'a> {
    pub(super) nonce: &'a str,
    /// As it stands in an attribute.
    pub(super) address: &'a str,
    /// What the addresses of forms end with.
    pub(super) whose: &'a str,
}

/// Draws what stands in gaps.
pub(super) trait Fill {
    type Error;

    /// Whether what stands there is the same for all who have done nothing yet.
    fn is_untouched(&self, slot: PageSlot) -> bool;

    /// What stands there; nobody asks for what varies.
    fn draw(&self, slot: PageSlot) -> Result<Drawn, Self::Error>;
}

/// What stands in a gap.
pub(super) enum Drawn {
    /// Of this page alone.
    Text(String),
    /// Some of it of other pages as well.
    Pieces(Vec<Arc<Piece>>),
}

impl Drawn {
    /// `whose` is what stands where a form says whose it is.
    fn parts(self, effort: Effort, whose: &str) -> Vec<GapPart> {
        let text = match self {
            Self::Text(text) => text,
            Self::Pieces(pieces) => return pieces.into_iter().map(GapPart::Piece).collect(),
        };
        let mut parts = Vec::new();
        for text in text.split(whose) {
            if !parts.is_empty() {
                parts.push(GapPart::Whose);
            }
            parts.push(GapPart::Piece(Arc::new(Piece::new(text, effort))));
        }
        parts
    }
}

impl Filled {
    pub(super) fn new<F: Fill>(skeleton: Arc<Skeleton>, fill: &F) -> Result<Self, F::Error> {
        let (mut gaps, mut length, mut own_bytes) = (Vec::new(), 0, 0);
        for part in &skeleton.parts {
            let parts = match part {
                SkeletonPart::Fixed(piece) => {
                    length += piece.text().len();
                    continue;
                }
                SkeletonPart::Gap {
                    slot: PageSlot::Nonce | PageSlot::Address | PageSlot::Whose,
                    ..
                } => Vec::new(),
                SkeletonPart::Gap { slot, untouched } if fill.is_untouched(*slot) => {
                    if let Some(parts) = untouched.get() {
                        parts.clone()
                    } else {
                        let parts = fill.draw(*slot)?.parts(Effort::Often, &skeleton.whose);
                        untouched.get_or_init(|| parts).clone()
                    }
                }
                SkeletonPart::Gap { slot, .. } => {
                    fill.draw(*slot)?.parts(Effort::Once, &skeleton.whose)
                }
            };
            for part in &parts {
                if let GapPart::Piece(piece) = part {
                    length += piece.text().len();
                    own_bytes += piece.own_bytes();
                }
            }
            gaps.push(parts);
        }
        Ok(Self {
            skeleton,
            gaps,
            length,
            own_bytes,
        })
    }

    /// How many bytes it keeps that no other page has.
    pub(in crate::web) fn own_bytes(&self) -> usize {
        self.own_bytes
    }

    pub(super) fn plain(&self, varying: &Varying<'_>) -> Bytes {
        let mut page = BytesMut::with_capacity(self.length + 1024);
        self.walk(varying, |piece| match piece {
            Ok(piece) => page.put_slice(piece.text()),
            Err(text) => page.put_slice(text),
        });
        page.freeze()
    }

    /// The page as one gzip member.
    pub(super) fn gzipped(&self, varying: &Varying<'_>) -> Bytes {
        let mut member = Member::with_room(self.length / 3);
        self.walk(varying, |piece| match piece {
            Ok(piece) => member.push(piece.text(), piece.deflated()),
            Err(text) => member.push_short(text),
        });
        member.finish()
    }

    /// Gives all of the page in its order: pieces, and texts that vary.
    fn walk(&self, varying: &Varying<'_>, mut take: impl FnMut(Result<&Piece, &[u8]>)) {
        let mut gaps = self.gaps.iter();
        for part in &self.skeleton.parts {
            let slot = match part {
                SkeletonPart::Fixed(piece) => {
                    take(Ok(piece));
                    continue;
                }
                SkeletonPart::Gap { slot, .. } => slot,
            };
            let parts = gaps.next().into_iter().flatten();
            match slot {
                PageSlot::Nonce => take(Err(varying.nonce.as_bytes())),
                PageSlot::Address => take(Err(varying.address.as_bytes())),
                PageSlot::Whose => take(Err(varying.whose.as_bytes())),
                _ => parts.for_each(|part| match part {
                    GapPart::Piece(piece) => take(Ok(piece)),
                    GapPart::Whose => take(Err(varying.whose.as_bytes())),
                }),
            }
        }
    }
}
