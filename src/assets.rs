//! What is packed into the binary: templates, styles, scripts, libraries, the engine's Web layer and
//! the course.
