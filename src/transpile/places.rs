//! Where each piece of transpiled code stands in its file.

/// Pieces in the order of the code.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pieces: Vec<Piece>,
}

/// Both from 1.
pub type LineColumn = (u32, u32);

/// Where a piece begins, in the code and in the file.
#[derive(Clone, Copy, Debug)]
struct Piece {
    made: LineColumn,
    own: LineColumn,
}

impl Places {
    /// Of where each piece begins in the code, and where in the file, in the order of the code.
    pub(super) fn of(pieces: impl Iterator<Item = (LineColumn, LineColumn)>) -> Self {
        Self {
            pieces: pieces.map(|(made, own)| Piece { made, own }).collect(),
        }
    }

    /// The line and column of the file for those of the code. What the transformer added stands where the piece
    /// before it does.
    #[must_use]
    pub fn own(&self, line: u32, column: u32) -> LineColumn {
        let behind = self.pieces.partition_point(|it| it.made <= (line, column));
        let Some(piece) = behind.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return self.pieces.first().map_or((line, column), |it| it.own);
        };
        let (own_line, own_column) = piece.own;
        if piece.made.0 != line {
            return piece.own;
        }
        let next = self.pieces.get(behind).map(|it| it.own);
        let most = next.filter(|next| next.0 == own_line && next.1 > own_column);
        let column = own_column + (column - piece.made.1);
        (own_line, most.map_or(column, |next| column.min(next.1)))
    }
}
