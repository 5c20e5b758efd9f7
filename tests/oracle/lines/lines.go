// Package lines runs a function over JSON lines: one answer for each line, in the same order.
package lines

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// Each calls answer with every non-empty line and writes what it returns. Answers are flushed when no
// further input waits, so that the other end may also talk in question and answer.
func Each(in io.Reader, out *bufio.Writer, answer func(line []byte) any) error {
	reader := bufio.NewReaderSize(in, 1<<16)
	for {
		line, err := reader.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := Write(out, answer(line)); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if reader.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

// Write prints one value as a JSON line, with no HTML escapes.
func Write(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
