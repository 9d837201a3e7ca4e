//! A lesson's page as one learner sees it: the skeleton, and what stands in its gaps.

use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};

use super::piece::Piece;
use super::skeleton::{Part, Skeleton, Slot};
use crate::web::pages::gzip::{Effort, Member};

/// A page that lacks only what differs from answer to answer.
pub(in crate::web) struct Filled {
    skeleton: Arc<Skeleton>,
    /// What stands in each gap, in their order; none for those of [`Varying`].
    gaps: Vec<Option<Arc<Piece>>>,
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
}

/// Draws what stands in gaps.
pub(super) trait Fill {
    type Error;

    /// Whether what stands there is the same for all who have done nothing yet.
    fn is_untouched(&self, slot: Slot) -> bool;

    /// What stands there; nobody asks for what varies.
    fn draw(&self, slot: Slot) -> Result<String, Self::Error>;
}

impl Filled {
    pub(super) fn new<F: Fill>(skeleton: Arc<Skeleton>, fill: &F) -> Result<Self, F::Error> {
        let (mut gaps, mut length, mut own_bytes) = (Vec::new(), 0, 0);
        for part in &skeleton.0 {
            let piece = match part {
                Part::Fixed(piece) => {
                    length += piece.text().len();
                    continue;
                }
                Part::Gap {
                    slot: Slot::Nonce | Slot::Address,
                    ..
                } => None,
                Part::Gap { slot, untouched } if fill.is_untouched(*slot) => {
                    Some(if let Some(piece) = untouched.get() {
                        piece.clone()
                    } else {
                        let piece = Arc::new(Piece::new(fill.draw(*slot)?, Effort::Often));
                        untouched.get_or_init(|| piece).clone()
                    })
                }
                Part::Gap { slot, .. } => {
                    let piece = Piece::new(fill.draw(*slot)?, Effort::Once);
                    own_bytes += piece.text().len();
                    Some(Arc::new(piece))
                }
            };
            length += piece.as_ref().map_or(0, |piece| piece.text().len());
            gaps.push(piece);
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

    /// The page.
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
        for part in &self.skeleton.0 {
            match part {
                Part::Fixed(piece) => take(Ok(piece)),
                Part::Gap { slot, .. } => match (slot, gaps.next()) {
                    (Slot::Nonce, _) => take(Err(varying.nonce.as_bytes())),
                    (Slot::Address, _) => take(Err(varying.address.as_bytes())),
                    (_, Some(Some(piece))) => take(Ok(piece)),
                    (_, _) => {}
                },
            }
        }
    }
}
