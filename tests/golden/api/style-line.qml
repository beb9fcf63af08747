<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
<renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" forceraster="0" enableorderby="0">
<categories>
<category symbol="0" value="identification" type="string" label="Қажеттілікті айқындау" render="true"/>
<category symbol="1" value="preparation" type="string" label="Дайындық" render="true"/>
<category symbol="2" value="implementation" type="string" label="Іске асыру" render="true"/>
<category symbol="3" value="completion" type="string" label="Аяқтау" render="true"/>
<category symbol="4" value="maintenance" type="string" label="Пайдалану және күтіп ұстау" render="true"/>
<category symbol="5" value="decommissioning" type="string" label="Пайдаланудан шығару" render="true"/>
<category symbol="6" value="decommissioned" type="string" label="Пайдаланудан шығарылған" render="true"/>
<category symbol="7" value="cancelled" type="string" label="Бас тартылған" render="true"/>
<category symbol="8" value="suspended" type="string" label="Уақытша тоқтатылған" render="true"/>
</categories>
<symbols>
<symbol type="line" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="86,180,233,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="86,180,233,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="230,159,0,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="230,159,0,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="0,114,178,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="0,114,178,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="0,158,115,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="0,158,115,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="204,121,167,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="204,121,167,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="240,228,66,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="240,228,66,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="138,143,144,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="138,143,144,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="48,53,54,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="48,53,54,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
<symbol type="line" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
<layer class="SimpleLine" enabled="1" locked="0" pass="0">
<Option type="Map">
<Option type="QString" name="line_color" value="213,94,0,255"/>
<Option type="QString" name="capstyle" value="round"/>
<Option type="QString" name="joinstyle" value="round"/>
<Option type="QString" name="line_style" value="solid"/>
<Option type="QString" name="line_width" value="1"/>
<Option type="QString" name="line_width_unit" value="MM"/>
</Option>
<prop k="line_color" v="213,94,0,255"/>
<prop k="capstyle" v="round"/>
<prop k="joinstyle" v="round"/>
<prop k="line_style" v="solid"/>
<prop k="line_width" v="1"/>
<prop k="line_width_unit" v="MM"/>
</layer>
</symbol>
</symbols>
<rotation/>
<sizescale/>
</renderer-v2>
<blendMode>0</blendMode>
<featureBlendMode>0</featureBlendMode>
<layerGeometryType>1</layerGeometryType>
</qgis>
