//! The console's pages beside the incidents themselves: figures, what people say of us, who is on shift.

mod numbers;
mod shift;

pub use numbers::{numbers, numbers_csv};
pub use shift::{desk, hand_over, practice, set, tier};
