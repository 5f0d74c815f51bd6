import java.io.IOException;
import java.nio.file.Paths;
import org.ofdrw.core.annotation.pageannot.AnnotType;
import org.ofdrw.core.basicType.ST_Box;
import org.ofdrw.font.FontName;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.VirtualPage;
import org.ofdrw.layout.edit.Annotation;
import org.ofdrw.layout.element.*;
import org.ofdrw.layout.element.canvas.*;
import org.ofdrw.reader.OFDReader;

// Writes the OFD files beside it with ofdrw-layout 2.2.6 (Apache-2.0):
//   mvn dependency:build-classpath -Dmdep.outputFile=cp.txt   (with org.ofdrw:ofdrw-layout:2.2.6 in a pom.xml)
//   java -cp "$(cat cp.txt)" generate.java
public class generate {
  static void table(DrawContext c, double x, double y, String[][] rows) throws IOException {
    for (int r=0;r<rows.length;r++) for (int k=0;k<rows[r].length;k++) {
      c.strokeRect(x+30*k, y+8*r, 30, 8);
      c.fillText(rows[r][k], x+30*k+1, y+8*r+6);
    }
  }
  public static void main(String[] a) throws Exception {
    String[][] t={{"规章","12"},{"文件","305"}};
    // canvas with CTM: scaled, translated, rotated
    try (OFDDoc d=new OFDDoc(Paths.get("canvas_ctm.ofd"))) {
      VirtualPage p=new VirtualPage(d.getPageLayout());
      Canvas c=new Canvas(0d,0d,210d,200d); c.setPosition(Position.Absolute);
      c.setDrawer(ctx->{ ctx.setFont(new FontSetting(4d, FontName.SimSun.font())); ctx.save(); ctx.translate(20,20); ctx.scale(0.8,0.8); table(ctx,0,0,t); ctx.restore();
        ctx.save(); ctx.translate(20,60); table(ctx,0,0,new String[][]{{"再","7"},{"又","80"}}); ctx.restore(); });
      p.add(c); d.addVPage(p);
    }
    try (OFDDoc d=new OFDDoc(Paths.get("annot.ofd"))) {
      VirtualPage p=new VirtualPage(d.getPageLayout());
      Canvas c=new Canvas(0d,0d,210d,200d); c.setPosition(Position.Absolute);
      c.setDrawer(ctx->{ ctx.setFont(new FontSetting(4d, FontName.SimSun.font())); table(ctx,20,20,t); });
      p.add(c); d.addVPage(p);
    }
    try (OFDReader r=new OFDReader(Paths.get("annot.ofd")); OFDDoc d=new OFDDoc(r, Paths.get("annotations.ofd"))) {
      Annotation w=new Annotation(new ST_Box(20d,100d,100d,20d), AnnotType.Watermark, ctx->{ ctx.setFont(new FontSetting(5d, FontName.SimSun.font())); ctx.fillText("水印仅供查阅",2,10);});
      d.addAnnotation(1,w);
      Annotation s=new Annotation(new ST_Box(51d,21d,28d,6d), AnnotType.Stamp, ctx->{ ctx.setFillColor(255,255,255); ctx.fillRect(0,0,28,6); ctx.setFillColor(0,0,0); ctx.setFont(new FontSetting(4d, FontName.SimSun.font())); ctx.fillText("9",1,5);});
      d.addAnnotation(1,s);
    }
    try (OFDDoc d=new OFDDoc(Paths.get("flow.ofd"))) {
      d.add(new Paragraph("一、总体情况 本年度主动公开信息 1234 条，同比增长 5.5%。").setFontSize(5d));
      Paragraph q=new Paragraph(); q.add("收到申请"); q.add(new Span("12").setColor(255,0,0).setUnderline(true)); q.add("件"); d.add(q);
      Div dv=new Div(100d,20d); dv.setBackgroundColor(230,230,230).setBorder(0.3d); d.add(dv);
    }
  }
}
