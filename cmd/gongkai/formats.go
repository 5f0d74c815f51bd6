package main

// formatsHelp names the formats that are read and what each needs.
const formatsHelp = `

FORMATS (told by content, not by name)
  HTML, MHTML, text, PDF, OFD, Word .docx .doc .wps, Excel .xlsx   need nothing
  RTF, OpenDocument .odt .ods, old Excel .xls .et                  LibreOffice (soffice)
  scans, pictures .png .jpg .tif .bmp .webp, pictures of tables
  in pages and in Word documents                                   gongkai ocr install
  ZIP: each document in it is a report of its own, with the address URL!/name; RAR is told, not read`
