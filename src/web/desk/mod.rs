//! The console's pages beside the incidents themselves: figures, what people say of us, who is on shift.

mod inbox;
mod numbers;
mod shift;

pub use inbox::{care, inbox};
pub use numbers::{numbers, numbers_csv};
pub use shift::{desk, hand_over, practice, set, tier};
